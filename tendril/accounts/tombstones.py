"""What is left of the erased: made once their week is over, or after a restore."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from tendril.accounts import erased_list, personal_data
from tendril.accounts.models import Erasure, User


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
    erase(person)


def erase(person: User) -> None:
    # Named by what the tombstone forgets.
    name = erased_list.name_of(person)
    for entry in personal_data.entries():
        entry.erase(person)
    person.erasures.open().update(done_at=timezone.now())
    # Last, so that what fails is not listed; and before the commit, so that what
    # cannot be listed is done another time.
    erased_list.add_erased(name)
