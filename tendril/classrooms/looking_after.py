"""Which class looks after a child's account, from one school year to the next."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from tendril.accounts.models import User
from tendril.classrooms.models import Classroom, Enrolment


def line_of(classroom: Classroom) -> QuerySet[Classroom]:
    """The class, the one it follows and those that follow it."""
    around = Q(pk=classroom.pk) | Q(pk=classroom.follows_id) | Q(follows=classroom)
    return Classroom.objects.filter(around).order_by("-pk")


def hold_line(classroom: Classroom) -> list[Classroom]:
    """Lock them in one order, the newest first, so that no two changes cross."""
    return list(line_of(classroom).select_for_update(no_key=True))


def take_over(classroom: Classroom) -> None:
    """Look after those accounts of its students that nobody looks after any more.

    An account stays with the class that has it while that one is open and somebody
    teaches it. After that it comes here if this class is such a one, the child sits
    in it, and one of the two follows the other: only a teacher of a class begins
    one that follows it, so nobody gets hold of a child who merely joined.
    """
    taught = Enrolment.objects.teachers().filter(classroom=OuterRef("pk"))
    present = Classroom.objects.open().filter(Exists(taught))
    if not present.filter(pk=classroom.pk).exists():
        return
    left_alone = line_of(classroom).exclude(pk__in=present.values("pk"))
    seated = classroom.enrolments.filter(role=Enrolment.Role.STUDENT)
    User.objects.filter(
        managed_by__in=left_alone.order_by().values("pk"),
        pk__in=seated.values("person"),
    ).update(managed_by=classroom)


def others_looking_after(classroom: Classroom) -> QuerySet[Classroom]:
    """Classes beside it in its line that look after children who sit in it."""
    children = User.objects.filter(
        enrolments__classroom=classroom,
        enrolments__role=Enrolment.Role.STUDENT,
        managed_by=OuterRef("pk"),
    )
    return line_of(classroom).exclude(pk=classroom.pk).filter(Exists(children))
