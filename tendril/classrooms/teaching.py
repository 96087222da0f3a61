"""Classes and who teaches them: made, renamed, put away, handed on."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from tendril.accounts.models import User
from tendril.classrooms import looking_after
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


def pause_tutor(classroom: Classroom, *, is_paused: bool) -> None:
    """While it is paused, the tutor answers nobody who learns here."""
    classroom.is_tutor_paused = is_paused
    classroom.save(update_fields=["is_tutor_paused"])


@transaction.atomic
def archive(classroom: Classroom) -> None:
    """Put it away: nobody works in it any more, and nothing in it is lost.

    Accounts that it looks after go to the class beside it that goes on, if any.
    """
    line = looking_after.hold_line(classroom)
    still_open = Classroom.objects.open().filter(pk=classroom.pk)
    still_open.update(archived_at=timezone.now())
    for other in line:
        looking_after.take_over(other)


@transaction.atomic
def bring_back(classroom: Classroom) -> None:
    """Open it again; accounts of its children come back if nobody else has them."""
    looking_after.hold_line(classroom)
    Classroom.objects.filter(pk=classroom.pk).update(archived_at=None)
    looking_after.take_over(classroom)


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
    person.classes_taken_off.filter(classroom=classroom).delete()
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


@transaction.atomic
def take_off(classroom: Classroom, teacher: User, *, by: User) -> None:
    """Take another teacher off it, which they are told; one always stays."""
    step_down(classroom, teacher)
    classroom.teachers_taken_off.create(person=teacher, by=by)
