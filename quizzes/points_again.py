"""What past answers would earn by another answer key, worked out before anything changes."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Case, Count, Q, TextField, Value, When
from django.db.models.functions import Cast

from quizzes.answers import Answer
from quizzes.marking import points_by
from quizzes.models import Question, Response, ResponseQuerySet

# An answer as the database writes it, to tell equal ones by.
AS_TEXT = Cast("answer", TextField())
# Different answers that a page marks while somebody waits for it.
MOST_MARKED = 1000


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
    students: int = 0
    classrooms: int = 0
    # Whether there are answers that were not looked at.
    is_at_least: bool = False

    @property
    def changed(self) -> int:
        return self.counted.total()

    @property
    def steps(self) -> list[Step]:
        return [
            Step(before, after, count)
            for (before, after), count in sorted(self.counted.items())
        ]


def preview(
    key: Question, corrected: Sequence[Question], *, asked: Answer | None = None
) -> Preview:
    """Three queries, whatever the number of answers.

    Of very many different ones, the answer it is about and the most frequent.
    """
    points = PointsByKey(key, corrected)
    marked = Response.objects.marked().filter(question__in=points.asked).order_by()
    found = Preview(answers=marked.count())
    seen = 0
    changing: dict[tuple[int, Decimal], list[str]] = defaultdict(list)
    for question, answer, before, count in _most_frequent(marked, asked):
        seen += count
        after = points.of(question, answer)
        if before != after:
            found.counted[before, after] += count
            changing[question, before].append(answer)
    found.is_at_least = seen < found.answers
    if changing:
        _count_whose(found, marked, changing)
    return found


def _most_frequent(
    marked: ResponseQuerySet, asked: Answer | None
) -> Iterable[tuple[int, str, Decimal, int]]:
    is_asked = When(answer=asked, then=Value(0))
    rows = (
        marked.annotate(text=AS_TEXT, turn=Case(is_asked, default=Value(1)))
        .values("question", "text", "points", "turn")
        .annotate(count=Count("pk"))
        .order_by("turn", "-count", "text")
    )
    return rows.values_list("question", "text", "points", "count")[:MOST_MARKED]


def _count_whose(
    found: Preview,
    marked: ResponseQuerySet,
    changing: dict[tuple[int, Decimal], list[str]],
) -> None:
    is_one = Q()
    for (question, points), texts in changing.items():
        is_one |= Q(question=question, points=points, text__in=texts)
    counts = (
        marked.annotate(text=AS_TEXT)
        .filter(is_one)
        .aggregate(
            students=Count("attempt__student", distinct=True),
            classrooms=Count("attempt__assignment__classroom", distinct=True),
        )
    )
    found.students, found.classrooms = counts["students"], counts["classrooms"]
