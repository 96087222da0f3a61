"""What an assignment allows one student: its own rules, and what was added."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from quizzes.models import Assignment, Attempt, Extension
from tendril.accounts.models import User


@dataclass(frozen=True)
class Allowance:
    opens_at: dt.datetime
    due_at: dt.datetime | None
    closes_at: dt.datetime | None
    # None: as long, and as many attempts, as one likes.
    minutes: int | None
    attempts_allowed: int | None

    @classmethod
    def of(cls, assignment: Assignment, extension: Extension | None) -> Allowance:
        """Its own rules, or what somebody may do beyond them.

        An extension only adds: it never closes for one what is open for all, and
        whoever may be later than the end finds it open until then.
        """
        own = assignment
        if extension is None:
            return cls(
                own.opens_at,
                own.due_at,
                own.closes_at,
                own.minutes,
                own.attempts_allowed,
            )
        return cls(
            own.opens_at,
            latest(own.due_at, extension.due_at),
            latest(own.closes_at, extension.closes_at, extension.due_at),
            more(own.minutes, extension.extra_minutes),
            more(own.attempts_allowed, extension.extra_attempts),
        )

    @property
    def is_open(self) -> bool:
        return self.opens_at <= timezone.now() and not self.is_over

    @property
    def is_over(self) -> bool:
        return self.closes_at is not None and self.closes_at <= timezone.now()

    @property
    def is_past_due(self) -> bool:
        return self.due_at is not None and self.due_at <= timezone.now()

    def has_attempt_after(self, taken: int) -> bool:
        return self.attempts_allowed is None or taken < self.attempts_allowed

    @property
    def ends_at(self) -> dt.datetime | None:
        """By when it wants to be done."""
        return self.due_at or self.closes_at


def latest(own: dt.datetime | None, *others: dt.datetime | None) -> dt.datetime | None:
    """None where there is no end to be later than."""
    return own and max([own, *(other for other in others if other)])


def more(own: int | None, extra: int) -> int | None:
    return None if own is None else own + extra


def allowance_of(assignment: Assignment, student: User) -> Allowance:
    return Allowance.of(
        assignment, assignment.extensions.filter(student=student).first()
    )


def allowances_of(
    assignment: Assignment, students: Iterable[int]
) -> dict[int, Allowance]:
    """By the student's key; one query."""
    extensions = {row.student_id: row for row in assignment.extensions.all()}
    return {pk: Allowance.of(assignment, extensions.get(pk)) for pk in students}


def due_at_of(attempt: Attempt) -> dt.datetime | None:
    """Nothing is asked where its assignment has no such moment for anybody."""
    given, student = attempt.assignment, attempt.student_id
    if given is None or given.due_at is None:
        return None
    return allowances_of(given, [student])[student].due_at
