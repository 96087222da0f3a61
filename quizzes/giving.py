"""Giving work to a class or some of it, changing it, and taking it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from quizzes.assignments import move_ends
from quizzes.models import Assignment
from tendril.accounts.models import User
from tendril.accounts.sealing import unsealed
from tendril.classrooms.local_time import wall_time_of
from tendril.classrooms.models import Classroom, Group

TIMES = ["opens_at", "due_at", "closes_at"]
# What another class is given along with the quiz or the lesson.
RULES = [
    "attempts_allowed",
    "feedback",
    "minutes",
    "is_shuffled",
    "has_hints",
    "has_tutor",
    "question_keys",
]
CONTENT = ["quiz", "lesson"]
AUDIENCE = ["audience"]


class AlreadyBegun(Exception):
    """Somebody has begun, and what they did must keep its meaning."""


def opens_behind(assignment: Assignment, moment: dt.datetime) -> bool:
    """Whether it would be moved to open after somebody began."""
    begun = assignment.attempts.filter(started_at__lt=moment)
    return moment > assignment.opens_at and begun.exists()


def is_begun(assignment: Assignment) -> bool:
    """Whether anything hangs on it: an attempt, a printed sheet, a teacher's word."""
    return (
        assignment.attempts.exists()
        or assignment.paper_sheets.exists()
        or assignment.overrides.exists()
    )


@transaction.atomic
def give(
    *,
    assignment: Assignment,
    groups: Iterable[Group] = (),
    students: Iterable[User] = (),
) -> None:
    """Save it, new or changed; what is running ends with it. Raises AlreadyBegun."""
    if assignment.pk is None:
        assignment.save()
    else:
        before = _locked(assignment)
        if assignment.quiz_id != before.quiz_id and is_begun(before):
            raise AlreadyBegun
        if opens_behind(before, assignment.opens_at):
            raise AlreadyBegun
        # Not the rest: its marks may have been released in the meantime.
        assignment.save(update_fields=[*CONTENT, *AUDIENCE, *TIMES, *RULES])
    is_for_some = assignment.audience == Assignment.Audience.SOME
    assignment.groups.set(groups if is_for_some else [])
    # Who is sealed is in no form, and has it again if that is called off.
    sealed = assignment.students.exclude(unsealed())
    assignment.students.set([*students, *sealed] if is_for_some else [])
    move_ends(assignment)


@transaction.atomic
def take_back(*, assignment: Assignment) -> None:
    """Delete what nobody has begun. Raises AlreadyBegun."""
    given = _locked(assignment)
    if is_begun(given):
        raise AlreadyBegun
    given.delete()


@transaction.atomic
def close_now(*, assignment: Assignment) -> None:
    """Hand in what is running, and let nothing begin; what has closed stays so.

    Whoever was given more time keeps it.
    """
    given, now = _locked(assignment), timezone.now()
    if given.closes_at and given.closes_at <= now:
        return
    given.closes_at = now
    # Moved into the future after somebody had begun.
    given.opens_at = min(given.opens_at, now - dt.timedelta(seconds=1))
    if given.due_at and not given.opens_at < given.due_at <= now:
        given.due_at = now
    given.save(update_fields=TIMES)
    move_ends(given)


def _locked(assignment: Assignment) -> Assignment:
    """Until the transaction ends, nobody can begin it."""
    return Assignment.objects.select_for_update().get(pk=assignment.pk)


def rules_for(
    classroom: Classroom, assignment: Assignment, weeks: int | None
) -> dict[str, object]:
    """What another class would be given, some weeks later by its own clock.

    Without any of its times where no number of weeks is told.
    """
    content = {"quiz": assignment.quiz_id, "lesson": assignment.lesson_id}
    rules: dict[str, object] = {name: getattr(assignment, name) for name in RULES}
    if weeks is None:
        return content | rules
    zone = ZoneInfo(classroom.time_zone)
    for name in TIMES:
        if moment := getattr(assignment, name):
            shown = wall_time_of(moment, assignment.classroom)
            later = shown + dt.timedelta(weeks=weeks)
            rules[name] = later.replace(tzinfo=zone).astimezone(dt.UTC)
    return content | rules
