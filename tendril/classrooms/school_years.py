"""A new school year: the class of before is put away, and another follows it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from tendril.accounts.models import User
from tendril.classrooms import looking_after, teaching
from tendril.classrooms.models import Classroom, Enrolment


@transaction.atomic
def start_year(
    *,
    classroom: Classroom,
    name: str,
    by: User,
    takes_students: bool = False,
    takes_groups: bool = False,
) -> Classroom:
    """Archive the class and make one that follows it, with the same teachers.

    A class of that name that follows it already is given back as it is: who sends
    the form twice starts one year.
    """
    if not by.may_teach:
        raise teaching.MayNotTeach
    looking_after.hold_line(classroom)
    old = Classroom.objects.get(pk=classroom.pk)
    begun = old.followed_by.open().filter(name=name).first()
    if begun:
        return begun
    new = Classroom.objects.create(name=name, time_zone=old.time_zone, follows=old)
    seats = old.enrolments.all() if takes_students else old.enrolments.teachers()
    _seat_again(seats, new)
    if takes_groups:
        _form_again(old, new)
    # Last, so that the accounts of whoever goes on go with them.
    teaching.archive(old)
    return new


def _seat_again(seats: QuerySet[Enrolment], new: Classroom) -> None:
    Enrolment.objects.bulk_create(
        Enrolment(
            classroom=new,
            person_id=seat.person_id,
            role=seat.role,
            roster_id=seat.roster_id,
        )
        for seat in seats
    )


def _form_again(old: Classroom, new: Classroom) -> None:
    """The same groups, with those of their members who are in the new class."""
    seats = {seat.person_id: seat for seat in new.enrolments.all()}
    for group in old.groups.prefetch_related("members"):
        copy = new.groups.create(name=group.name)
        people = [member.person_id for member in group.members.all()]
        copy.members.set([seats[pk] for pk in people if pk in seats])
