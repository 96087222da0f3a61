"""What `manage.py check` says about a site's mail."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Info


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
