"""Classes and who teaches them: made, renamed, put away, handed on."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from tendril.accounts.models import User
from tendril.classrooms.models import Classroom, Enrolment


class MayNotTeach(Exception):
    """Nobody has said that this person is a teacher here."""


class LearnsHere(Exception):
    """This person is a student of the class."""


class LastTeacher(Exception):
    """Without this teacher the class would be nobody's."""


@transaction.atomic
def make(*, name: str, time_zone: str, teacher: User) -> Classroom:
    if not teacher.may_teach:
        raise MayNotTeach
    classroom = Classroom.objects.create(name=name, time_zone=time_zone)
    classroom.enrolments.create(person=teacher, role=Enrolment.Role.TEACHER)
    return classroom


def describe(classroom: Classroom, *, name: str, time_zone: str) -> None:
    classroom.name, classroom.time_zone = name, time_zone
    classroom.save(update_fields=["name", "time_zone"])


def archive(classroom: Classroom) -> None:
    """Put it away: nobody works in it any more, and nothing in it is lost."""
    still_open = Classroom.objects.open().filter(pk=classroom.pk)
    still_open.update(archived_at=timezone.now())


def bring_back(classroom: Classroom) -> None:
    Classroom.objects.filter(pk=classroom.pk).update(archived_at=None)


def name_teacher(classroom: Classroom, username: str) -> User:
    """Give somebody the same rights in it; twice changes nothing.

    Whether a name is nobody's or that of somebody who is no teacher is not told.
    """
    granted = User.objects.filter(username=username, teacher_grant__isnull=False)
    person = granted.first()
    if person is None:
        raise MayNotTeach
    seat, _is_new = classroom.enrolments.get_or_create(
        person=person, defaults={"role": Enrolment.Role.TEACHER}
    )
    if seat.role != Enrolment.Role.TEACHER:
        raise LearnsHere
    return person


@transaction.atomic
def step_down(classroom: Classroom, teacher: User) -> None:
    """Leave it to the others; the last one hands it on or archives it before."""
    # Two who leave at the same moment must not both think that one stays.
    locked = Classroom.objects.select_for_update(no_key=True).get(pk=classroom.pk)
    teachers = locked.enrolments.teachers()
    others = teachers.exclude(person=teacher)
    if locked.archived_at is None and not others.exists():
        raise LastTeacher
    teachers.filter(person=teacher).delete()
