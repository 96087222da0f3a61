"""Mail that leaves the site: plain text, to one person, its links from SITE_URL."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string


class NotSent(Exception):
    """The mail server did not take it; says in which way, and names nobody."""


# For tasks that send: a server that is away is tried again for about an hour.
TRIED_AGAIN: dict[str, Any] = {
    "autoretry_for": (NotSent,),
    "retry_backoff": 60,
    "max_retries": 6,
}


def is_on() -> bool:
    return bool(settings.SENDS_MAIL)


def address_of(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def send(
    template: str,
    *,
    to: str,
    context: dict[str, Any],
    headers: dict[str, str] | None = None,
) -> None:
    """Send what a template says; what stands above its first empty line is the subject.

    Raises NotSent: the errors of a mail server name addresses, and end in logs.
    """
    text = render_to_string(template, {**context, "site": settings.SITE_URL})
    subject, _, body = text.strip().partition("\n\n")
    # A name may not break a line of the head.
    subject = " ".join(subject.split())
    message = EmailMessage(subject, body.strip() + "\n", to=[to], headers=headers)
    try:
        message.send()
    except OSError as error:
        raise NotSent(type(error).__name__) from None
