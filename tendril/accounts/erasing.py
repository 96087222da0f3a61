"""Erasing a person: asked for, sealed at once, done a week later, or called off."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from tendril.accounts import erased_list, personal_data
from tendril.accounts.models import Erasure, User

WAIT = timedelta(days=7)


class NothingToCallOff(Exception):
    """Nobody asked for it, somebody called it off before, or it is done."""


@transaction.atomic
def ask(*, person: User, by: User) -> Erasure:
    """Seal a person; asked twice, the first time counts."""
    locked = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if waiting := locked.erasures.open().first():
        return waiting
    now = timezone.now()
    locked.sealed_at = now
    locked.save(update_fields=["sealed_at"])
    return locked.erasures.create(asked_by=by, asked_at=now, due_at=now + WAIT)


@transaction.atomic
def call_off(*, person: User) -> None:
    """Give a person back all of it. Raises NothingToCallOff."""
    locked = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    called_off = locked.erasures.open().update(called_off_at=timezone.now())
    if not called_off:
        raise NothingToCallOff
    locked.sealed_at = None
    locked.save(update_fields=["sealed_at"])


def due() -> list[int]:
    waiting = Erasure.objects.open().filter(due_at__lte=timezone.now())
    return list(waiting.order_by("due_at").values_list("pk", flat=True))


@transaction.atomic
def finish(erasure_id: int) -> None:
    """Do one that is due, unless it was called off, done, or must wait."""
    asked = Erasure.objects.get(pk=erasure_id)
    person = User.objects.select_for_update().get(pk=asked.person_id)
    due_now = Erasure.objects.open().filter(pk=asked.pk, due_at__lte=timezone.now())
    if not due_now.exists() or personal_data.is_held(person):
        return
    _erase(person)


@transaction.atomic
def erase_again(names: set[str]) -> int:
    """Erase at once whoever was erased before and is back; how many there were."""
    back = [
        person.pk
        for person in User.objects.filter(erased_at=None).only("pk", "date_joined")
        if erased_list.name_of(person) in names
    ]
    for person in User.objects.select_for_update().filter(pk__in=back).order_by("pk"):
        _erase(person)
    return len(back)


def _erase(person: User) -> None:
    # Named by what the tombstone forgets.
    name = erased_list.name_of(person)
    for entry in personal_data.entries():
        entry.erase(person)
    person.erasures.open().update(done_at=timezone.now())
    # Last, so that what fails is not listed; and before the commit, so that what
    # cannot be listed is done another time.
    erased_list.add(name)
