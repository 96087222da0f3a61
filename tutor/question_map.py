"""Which passages of a lesson a teacher's students asked about."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from lessons.models import Lesson, Passage
from tendril.accounts.models import User
from tendril.classrooms.access import students_taught_by
from tutor.models import Exchange

# Fewer could be told by name.
LEAST_STUDENTS = 3


@dataclass(frozen=True)
class AskedAbout:
    """A passage, and how many different students asked about it."""

    passage: Passage
    students: int


def asked_about(lesson: Lesson, teacher: User) -> list[AskedAbout]:
    """In the order of the text, at most three queries; never who, nor their words."""
    asked = Exchange.objects.shown_to_adults().filter(
        lesson=lesson, student__in=students_taught_by(teacher)
    )
    students: defaultdict[str, set[int]] = defaultdict(set)
    for exchange in asked.prefetch_related("claims"):
        keys = [key for claim in exchange.claims.all() for key in claim.passages]
        for key in [*keys, exchange.about]:
            students[key].add(exchange.student_id)
    gathered = [key for key in students if len(students[key]) >= LEAST_STUDENTS]
    if not gathered:
        return []
    passages = Passage.objects.filter(lesson=lesson, key__in=gathered)
    return [AskedAbout(each, len(students[each.key])) for each in passages]
