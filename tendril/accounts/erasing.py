"""Erasing a person: asked for, sealed at once, told to guardians, or called off."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from tendril.accounts import erased_list, tasks
from tendril.accounts.models import Erasure, Guardianship, User

WAIT = timedelta(days=7)


class NothingToCallOff(Exception):
    """Nobody asked for it, somebody called it off before, or it is done."""


@transaction.atomic
def ask(*, person: User, by: User) -> Erasure:
    """Seal a person, and write to their guardians; asked twice, the first time counts."""
    locked = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if waiting := locked.erasures.open().first():
        return waiting
    asked = seal(locked, timezone.now(), by=by)
    bonds = Guardianship.objects.verified().with_address().filter(student=locked)
    for bond in bonds.exclude(guardian=by):
        tasks.send_erasure_notice.delay_on_commit(asked.pk, bond.pk)
    return asked


def seal(person: User, asked_at: datetime, *, by: User | None) -> Erasure:
    """Close an account from the moment that this was asked for."""
    person.sealed_at = asked_at
    person.save(update_fields=["sealed_at"])
    asked = person.erasures.create(
        asked_by=by, asked_at=asked_at, due_at=asked_at + WAIT
    )
    # Before the commit: what cannot be listed is not done.
    erased_list.add_asked(person, asked_at)
    return asked


@transaction.atomic
def call_off(*, person: User) -> None:
    """Give a person back all of it. Raises NothingToCallOff."""
    locked = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    asked = locked.erasures.open().first()
    if asked is None:
        raise NothingToCallOff
    asked.called_off_at = timezone.now()
    asked.save(update_fields=["called_off_at"])
    locked.sealed_at = None
    locked.save(update_fields=["sealed_at"])
    erased_list.add_called_off(locked, asked.asked_at)
