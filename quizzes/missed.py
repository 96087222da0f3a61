"""Questions that a sitting missed, and whether they were right since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce

from quizzes.class_work import IS_RIGHT, Place
from quizzes.models import Attempt, Response

# A student, a quiz, and the key that a question has through all its versions.
Name = tuple[int, int, str]


class Missed(NamedTuple):
    """One question that was answered wrong or left open."""

    assignment: int
    student: int
    quiz: int
    key: str
    question: int
    missed_at: dt.datetime

    @property
    def place(self) -> Place:
        return self.assignment, self.student

    @property
    def name(self) -> Name:
        return self.student, self.quiz, self.key


def missed_in(attempts: Collection[UUID]) -> Sequence[Missed]:
    """What was left open is missed when its sitting is handed in, not before."""
    if not attempts:
        return []
    answers = Response.objects.marked().filter(
        attempt=OuterRef("attempt"), question=OuterRef("question"), counts=True
    )
    answered_at = Subquery(answers.values("answered_at")[:1])
    asks = Attempt.questions.through.objects.filter(attempt__in=attempts)
    missed = asks.exclude(Exists(answers.filter(IS_RIGHT)))
    rows = missed.order_by("question__position").values_list(
        "attempt__assignment",
        "attempt__student",
        "question__quiz",
        "question__key",
        "question",
        Coalesce(answered_at, "attempt__handed_in_at"),
    )
    return [Missed(*row) for row in rows if row[-1]]


def not_right_since(
    missed: Sequence[Missed], *, only_shown: bool = False
) -> list[Missed]:
    """Those that their student has not got right later, in any sitting.

    With ``only_shown`` as far as that student is shown the marks.
    """
    right = right_by(missed, only_shown=only_shown)
    return [
        one
        for one in missed
        if one.name not in right or right[one.name] <= one.missed_at
    ]


def right_by(missed: Sequence[Missed], *, only_shown: bool) -> dict[Name, dt.datetime]:
    """When the students of these last got such a question right."""
    if not missed:
        return {}
    counted = Response.objects.standing().marked().filter(counts=True)
    right = (Response.objects.shown() if only_shown else counted).right()
    # More than is asked, where somebody else had missed the question.
    these = right.filter(
        attempt__student__in={one.student for one in missed},
        question__quiz__in={one.quiz for one in missed},
        question__key__in={one.key for one in missed},
    )
    rows = these.order_by().values_list(
        "attempt__student", "question__quiz", "question__key"
    )
    last = rows.annotate(last=Max("answered_at"))
    return {(student, quiz, key): moment for student, quiz, key, moment in last}
