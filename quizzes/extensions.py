"""More time or attempts for one student than an assignment gives everybody."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from quizzes import assignments
from quizzes.models import Assignment, Extension
from tendril.accounts.models import User


def given_to(assignment: Assignment, student: User) -> dict[str, Any]:
    """What was added for one student, by the names that ``extend`` takes."""
    rows = assignment.extensions.filter(student=student)
    names = ["due_at", "closes_at", "extra_minutes", "extra_attempts"]
    return rows.values(*names).first() or {}


@transaction.atomic
def extend(
    *,
    assignment: Assignment,
    student: User,
    by: User,
    due_at: dt.datetime | None = None,
    closes_at: dt.datetime | None = None,
    extra_minutes: int = 0,
    extra_attempts: int = 0,
) -> None:
    """Give one student more, in place of what was given before; nothing takes it back.

    It holds for the attempt that is running, too.
    """
    # As starting does, so that no attempt begins with the rules of before.
    Assignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
    before = assignment.extensions.filter(student=student).first()
    had = before.extra_minutes if before else 0
    if any([due_at, closes_at, extra_minutes, extra_attempts]):
        given = {
            "due_at": due_at,
            "closes_at": closes_at,
            "extra_minutes": extra_minutes,
            "extra_attempts": extra_attempts,
            "made_by": by,
            "made_at": timezone.now(),
        }
        Extension.objects.update_or_create(
            assignment=assignment, student=student, defaults=given
        )
    else:
        assignment.extensions.filter(student=student).delete()
    add_minutes(assignment, student, extra_minutes - had)
    assignments.move_ends(assignment)


def add_minutes(assignment: Assignment, student: User, minutes: int) -> None:
    """To the rules that the running attempt keeps, where they count minutes."""
    running = assignment.attempts.made_by(student).open()
    for attempt in running.select_for_update(of=("self",)):
        if attempt.rules.get("minutes"):
            attempt.rules["minutes"] += minutes
            attempt.save(update_fields=["rules"])
