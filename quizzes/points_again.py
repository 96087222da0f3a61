"""What past answers would earn by another key, worked out before anything changes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import TextField
from django.db.models.functions import Cast

from quizzes.marking import points_by
from quizzes.models import Question, Response

# An answer as the database writes it, to tell equal ones by.
AS_TEXT = Cast("answer", TextField())


class PointsByKey:
    """What answers earn by a key; answers that are alike are marked once."""

    def __init__(self, key: Question, corrected: Iterable[Question]) -> None:
        self.key = key
        self.asked = {question.pk: question for question in corrected}
        self.known: dict[tuple[int, str], Decimal] = {}

    def of(self, question_id: int, answer: str) -> Decimal:
        """``answer`` is AS_TEXT."""
        points = self.known.get((question_id, answer))
        if points is None:
            asked = self.asked[question_id]
            points = points_by(self.key, asked, json.loads(answer))
            self.known[question_id, answer] = points
        return points


@dataclass(frozen=True)
class Step:
    """How many answers go from so many points to so many."""

    before: Decimal
    after: Decimal
    count: int


@dataclass
class Preview:
    """What a key would do to the answers that are marked."""

    answers: int = 0
    counted: Counter[tuple[Decimal, Decimal]] = field(default_factory=Counter)
    students: set[int] = field(default_factory=set)
    classrooms: set[int] = field(default_factory=set)

    @property
    def changed(self) -> int:
        return self.counted.total()

    @property
    def steps(self) -> list[Step]:
        return [
            Step(before, after, count)
            for (before, after), count in sorted(self.counted.items())
        ]


def preview(key: Question, corrected: Sequence[Question]) -> Preview:
    """One query, whatever the number of answers."""
    points = PointsByKey(key, corrected)
    rows = (
        Response.objects.marked()
        .filter(question__in=points.asked)
        .order_by()
        .values_list(
            "question_id",
            AS_TEXT,
            "points",
            "attempt__student_id",
            "attempt__assignment__classroom_id",
        )
    )
    found = Preview()
    for question, answer, before, student, classroom in rows.iterator():
        found.answers += 1
        after = points.of(question, answer)
        if before == after:
            continue
        found.counted[before, after] += 1
        found.students.add(student)
        if classroom is not None:
            found.classrooms.add(classroom)
    return found
