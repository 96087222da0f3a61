"""What counts for a student: what the best attempt earned, or a teacher's word."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from quizzes.class_work import Work
from quizzes.models import Assignment, Question


def points_text(points: Decimal | None) -> str:
    """With as many digits as it has, as people here write numbers."""
    return "" if points is None else _written(points, get_language())


@lru_cache(maxsize=1024)
def _written(points: Decimal, language: str | None) -> str:
    """Kept, since a gradebook writes the same few numbers thousands of times."""
    whole = points.to_integral_value()
    shortest = whole if whole == points else points.normalize()
    return str(formats.number_format(shortest))


@dataclass(frozen=True)
class Score:
    """What counts for one student: the best attempt, or a teacher's word."""

    points: Decimal | None
    most: Decimal | None

    @classmethod
    def of(cls, work: Work, asked: Decimal | None = None) -> Score:
        best = work.best
        most = best.max_score if best else asked
        if work.is_excused:
            return cls(None, most)
        if work.override and work.is_overridden:
            return cls(work.override.score, most)
        return cls(best.score if best else None, most)

    @property
    def text(self) -> str:
        if self.points is None:
            return ""
        if self.most is None:
            return points_text(self.points)
        return _("%(score)s of %(max)s") % {
            "score": points_text(self.points),
            "max": points_text(self.most),
        }


def hides_marks(work: Work) -> bool:
    return any(not attempt.shows_score for attempt in work.handed_in)


def max_scores(
    assignments: Sequence[Assignment], works: Mapping[int, Sequence[Work]]
) -> dict[int, Decimal | None]:
    """What most were asked for; before anybody began, what is asked now."""
    asked = points_asked(assignments)
    most: dict[int, Decimal | None] = {}
    for each in assignments:
        marks = [a.max_score for work in works[each.pk] for a in work.attempts]
        common = Counter(marks).most_common(1)
        most[each.pk] = common[0][0] if common else asked.get(each.pk)
    return most


def scores_of(assignment: Assignment, works: Sequence[Work]) -> list[Score]:
    """What counts of each work on one assignment, out of how much."""
    asked = max_scores([assignment], {assignment.pk: works})[assignment.pk]
    return [Score.of(work, asked) for work in works]


def points_asked(assignments: Sequence[Assignment]) -> dict[int, Decimal]:
    """The points of the questions that each asks now; one query."""
    current = Question.objects.current().at_the_end()
    rows = current.filter(quiz__in={a.quiz_id for a in assignments if a.quiz_id})
    points: dict[int | None, dict[str, int]] = defaultdict(dict)
    for quiz, key, worth in rows.values_list("quiz", "key", "points"):
        points[quiz][key] = worth
    return {
        each.pk: Decimal(
            sum(
                worth
                for key, worth in points[each.quiz_id].items()
                if not each.question_keys or key in each.question_keys
            )
        )
        for each in assignments
        if each.quiz_id
    }
