"""What `manage.py check` says about a site's mail, and about a database put back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import db
from django.conf import settings
from django.core.checks import CheckMessage, Info
from django.core.checks import Warning as CheckWarning

from tendril.accounts import erased_again, erased_list


def mail_is_set_up(**_options: Any) -> list[CheckMessage]:
    if settings.SENDS_MAIL:
        return []
    return [
        Info(
            "This site sends no mail.",
            hint="Set EMAIL_URL, such as smtp+tls://user:password@host:587, and "
            "MAIL_FROM. Without them adults cannot confirm an address, and "
            "invitations go by printed codes only.",
            id="accounts.I001",
        )
    ]


def nobody_is_back(
    databases: Sequence[str] | None = None, **_options: Any
) -> list[CheckMessage]:
    """Only where the database is to be asked, as by `migrate` or `check --database`."""
    listed = erased_list.here() if databases else None
    if not listed:
        return []
    try:
        back = erased_again.find(listed)
    except db.Error:  # tables that `migrate` is about to make
        return []
    if not back:
        return []
    return [
        CheckWarning(
            "An older copy of the database was put back, and people in it were or are "
            "to be erased.",
            hint=f"Run `manage.py erase_again`: {back}.",
            id="accounts.W001",
        )
    ]
