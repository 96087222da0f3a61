"""What a correction has changed so far, as far as somebody may read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from quizzes.models import Assignment, Correction, MarkChange
from quizzes.points_again import Step
from tendril.accounts.models import User
from tendril.classrooms.access import students_visible_to


@dataclass(frozen=True)
class Report:
    correction: Correction
    steps: Sequence[Step]
    # Of students whose names may be read.
    named: QuerySet[MarkChange]

    @property
    def done(self) -> int:
        return min(self.correction.done_count, self.correction.answer_count)

    @property
    def changed(self) -> int:
        return sum(step.count for step in self.steps)


def time_zone_of(correction: Correction, reader: User) -> str:
    """Where its reader teaches a class that takes the quiz; for practice, nowhere."""
    taken = Assignment.objects.taught_by(reader)
    zones = taken.filter(quiz=correction.question.quiz_id)
    return zones.values_list("classroom__time_zone", flat=True).first() or "UTC"


def report_of(correction: Correction, reader: User) -> Report:
    changes = MarkChange.objects.filter(correction=correction)
    counted = changes.order_by("before", "after").values_list("before", "after")
    steps = [Step(*row) for row in counted.annotate(count=Count("pk"))]
    students = students_visible_to(reader).values("pk")
    named = changes.filter(response__attempt__student__in=students)
    return Report(correction, steps, named.select_related("response__attempt__student"))
