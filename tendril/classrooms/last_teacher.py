"""Classes that would stand without a teacher."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from tendril.accounts import erasing
from tendril.accounts.models import Erasure, User
from tendril.accounts.sealing import unsealed
from tendril.classrooms.models import Classroom, Enrolment


class LeavesAlone(Exception):
    """Nobody else teaches some classes of this person."""

    def __init__(self, classrooms: list[Classroom]) -> None:
        super().__init__()
        self.classrooms = classrooms


@transaction.atomic
def ask_to_erase(*, person: User, by: User) -> Erasure:
    """Seal a person, unless a class would be nobody's; that raises LeavesAlone."""
    taught = Classroom.objects.taught_by(person).order_by("pk")
    # Two who leave at the same moment must not both think that one stays.
    list(taught.select_for_update(of=("self",), no_key=True))
    if alone := list(classrooms_left_alone_by(person)):
        raise LeavesAlone(alone)
    return erasing.ask(person=person, by=by)


def classrooms_left_alone_by(teacher: User) -> QuerySet[Classroom]:
    """Open classrooms that have students and no other teacher."""
    seats = Enrolment.objects.filter(unsealed("person"), classroom=OuterRef("pk"))
    others = seats.teachers().exclude(person=teacher)
    students = seats.students()
    return (
        Classroom.objects.open()
        .taught_by(teacher)
        .filter(Exists(students))
        .exclude(Exists(others))
    )
