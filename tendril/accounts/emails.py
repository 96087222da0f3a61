"""An adult's e-mail address: written to only once it is shown to be theirs."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from tendril.accounts import tasks
from tendril.accounts.models import User
from tendril.accounts.signed_links import LinkOver, address_in


class NotForChildren(Exception):
    """Children need no address, and are asked for none."""


@transaction.atomic
def ask(*, person: User, address: str) -> None:
    """Send a link to an address; the one there was stays until it is opened."""
    if not person.is_adult:
        raise NotForChildren
    person.new_email = address
    person.save(update_fields=["new_email"])
    tasks.send_address_link.delay_on_commit(person.pk)


def asked_for(*, person: User, token: str) -> str:
    """The address that a link would confirm, while it is the one asked for last.

    Raises the exceptions of tendril.accounts.signed_links.
    """
    address = address_in(token, person)
    if person.new_email != address or not person.is_adult:
        raise LinkOver
    return address


@transaction.atomic
def confirm(*, person: User, token: str) -> None:
    """Take the address that the link was sent to; a link works once."""
    locked = User.objects.select_for_update().get(pk=person.pk)
    take(locked, asked_for(person=locked, token=token))


def take(person: User, address: str) -> None:
    person.email = address
    person.new_email = ""
    person.email_confirmed_at = timezone.now()
    person.save(update_fields=["email", "new_email", "email_confirmed_at"])


def remove(person: User) -> None:
    """Forget the address, and the wish for mail along with it."""
    person.email = person.new_email = ""
    person.email_confirmed_at = None
    person.wants_reminders = person.wants_digest = False
    person.save(
        update_fields=[
            "email",
            "new_email",
            "email_confirmed_at",
            "wants_reminders",
            "wants_digest",
        ]
    )


def wish(*, person: User, wants_digest: bool, wants_reminders: bool) -> None:
    person.wants_digest = wants_digest
    person.wants_reminders = wants_reminders
    person.save(update_fields=["wants_digest", "wants_reminders"])


def stop(person_id: int, wish: str) -> None:
    """Take back one wish, by the name of its field."""
    User.objects.filter(pk=person_id).update(**{wish: False})
