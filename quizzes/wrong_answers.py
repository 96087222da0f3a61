"""Answers that were wrong, and whether their question was right since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Max

from quizzes.class_work import Place
from quizzes.models import Response

# A student, a quiz, and the key that a question has through all its versions.
Name = tuple[int, int, str]


class Wrong(NamedTuple):
    """One wrong answer."""

    assignment: int
    student: int
    quiz: int
    key: str
    question: int
    answered_at: dt.datetime

    @property
    def place(self) -> Place:
        return self.assignment, self.student

    @property
    def name(self) -> Name:
        return self.student, self.quiz, self.key


def wrong_in(attempts: Collection[UUID]) -> Sequence[Wrong]:
    if not attempts:
        return []
    marked = Response.objects.marked().filter(attempt__in=attempts, counts=True)
    wrong = marked.exclude(points=F("question__points"))
    rows = wrong.order_by("question__position").values_list(
        "attempt__assignment",
        "attempt__student",
        "question__quiz",
        "question__key",
        "question",
        "answered_at",
    )
    return [Wrong(*row) for row in rows]


def not_right_since(answers: Sequence[Wrong]) -> list[Wrong]:
    """Those whose question its student has not got right later, in any sitting."""
    right = right_by(answers)
    return [
        wrong
        for wrong in answers
        if wrong.name not in right or right[wrong.name] <= wrong.answered_at
    ]


def right_by(answers: Sequence[Wrong]) -> dict[Name, dt.datetime]:
    """When the students of these last got such a question right."""
    if not answers:
        return {}
    right = Response.objects.standing().marked().right()
    # More than is asked, where somebody else had the question wrong.
    these = right.filter(
        counts=True,
        attempt__student__in={wrong.student for wrong in answers},
        question__quiz__in={wrong.quiz for wrong in answers},
        question__key__in={wrong.key for wrong in answers},
    )
    rows = these.order_by().values_list(
        "attempt__student", "question__quiz", "question__key"
    )
    last = rows.annotate(last=Max("answered_at"))
    return {(student, quiz, key): moment for student, quiz, key, moment in last}
