"""Links in mails that nobody can make up."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.urls import reverse

from tendril.accounts.mail import address_of
from tendril.accounts.models import User

ADDRESS = "tendril.accounts.address"
STOP = "tendril.accounts.stop"
GOOD_FOR = timedelta(days=3)


class LinkUnknown(Exception):
    """It is none of ours, or was changed on its way."""


class LinkOver(Exception):
    """It came too late, was used, or a newer one took its place."""


class LinkOfSomebodyElse(Exception):
    """It was sent to another account."""


def address_link(person: User) -> str:
    token = signing.dumps([person.pk, person.new_email], salt=ADDRESS)
    return address_of(reverse("accounts:confirm_email", args=[token]))


def address_in(token: str, person: User) -> str:
    """The address that the link confirms for this person."""
    try:
        pk, address = signing.loads(token, salt=ADDRESS, max_age=GOOD_FOR)
    except signing.SignatureExpired:
        raise LinkOver from None
    except signing.BadSignature:
        raise LinkUnknown from None
    if pk != person.pk:
        raise LinkOfSomebodyElse
    return str(address)


def stop_link(person: User, wish: str) -> str:
    """It stays good: whoever keeps an old mail must be able to stop the next."""
    token = signing.Signer(salt=STOP).sign(f"{person.pk}.{wish}")
    return address_of(reverse("accounts:stop_mail", args=[token]))


def stopped_by(token: str) -> tuple[int, str]:
    """Whose wish the link takes back, and which."""
    try:
        pk, _dot, wish = signing.Signer(salt=STOP).unsign(token).partition(".")
    except signing.BadSignature:
        raise LinkUnknown from None
    return int(pk), wish
