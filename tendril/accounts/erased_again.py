"""An older copy of the database was put back: what was wished since then holds again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from tendril.accounts import erasing, tombstones
from tendril.accounts.erased_list import Listed, name_of
from tendril.accounts.models import Erasure, User


@dataclass(frozen=True)
class Back:
    """Whom the list says something about that the database does not know."""

    erased: list[User] = field(default_factory=list)
    sealed: list[tuple[User, datetime]] = field(default_factory=list)
    called_off: list[Erasure] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.erased or self.sealed or self.called_off)

    def __str__(self) -> str:
        return (
            f"{len(self.erased)} erased again, {len(self.sealed)} sealed again, "
            f"{len(self.called_off)} called off again"
        )


def find(listed: Listed) -> Back:
    back = Back()
    wishes = {
        (w.person_id, w.asked_at): w for w in Erasure.objects.filter(done_at=None)
    }
    waiting = {w.person_id for w in wishes.values() if w.called_off_at is None}
    for person in User.objects.filter(erased_at=None).only("pk", "date_joined"):
        name = name_of(person)
        if name in listed.erased:
            back.erased.append(person)
            continue
        for asked_at in listed.called_off.get(name, ()):
            wish = wishes.get((person.pk, asked_at))
            if wish and wish.called_off_at is None:
                back.called_off.append(wish)
                waiting.discard(person.pk)
        # What the database knows of a wish is as new as the list, or newer.
        unknown = [t for t in listed.open_wishes(name) if (person.pk, t) not in wishes]
        if unknown and person.pk not in waiting:
            back.sealed.append((person, max(unknown)))
    return back


@transaction.atomic
def repeat(listed: Listed) -> Back:
    """Erase, unseal and seal whoever is back, as it was wished before."""
    back = find(listed)
    erased = [person.pk for person in back.erased]
    for person in User.objects.select_for_update().filter(pk__in=erased).order_by("pk"):
        tombstones.erase(person)
    for wish in back.called_off:
        erasing.call_off(person=wish.person)
    for person, asked_at in back.sealed:
        erasing.seal(person, asked_at, by=None)
    return back
