"""How a sitting went, question by question, beside the one before."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import cached_property

from quizzes import assignments
from quizzes.marks import Mark
from quizzes.models import Attempt, Question, Response
from quizzes.sittings import Sitting
from quizzes.standings import Standing


@dataclass(frozen=True)
class Line:
    number: int
    question: Question
    # None: it was left open.
    mark: Mark | None
    # What the same question earned the time before, if it was asked.
    before: Decimal | None

    @property
    def change(self) -> str:
        """One of better, worse and same; empty with nothing to compare."""
        if self.before is None:
            return ""
        points = self.mark.points if self.mark else Decimal(0)
        if points == self.before:
            return "same"
        return "better" if points > self.before else "worse"


@dataclass
class Result:
    sitting: Sitting

    @cached_property
    def lines(self) -> list[Line]:
        before = self._points_before
        return [
            Line(
                number,
                question,
                self.sitting.marks.get(question.pk),
                before.get(question.key),
            )
            for number, question in enumerate(self.sitting.questions, 1)
        ]

    @cached_property
    def last_time(self) -> Attempt | None:
        """The whole sitting of the same quiz before this one, its marks shown."""
        attempt = self.sitting.attempt
        if attempt is None or attempt.purpose != Attempt.Purpose.QUIZ:
            return None
        return (
            Attempt.objects.handed_in()
            .filter(
                student=attempt.student_id,
                quiz=attempt.quiz,
                purpose=Attempt.Purpose.QUIZ,
                marks_shown_at__isnull=False,
                started_at__lt=attempt.started_at,
            )
            .order_by("-started_at")
            .first()
        )

    @cached_property
    def to_take(self) -> Standing | None:
        """Its assignment, where another attempt at it can be begun."""
        attempt = self.sitting.attempt
        if attempt is None or attempt.quiz is None or attempt.assignment is None:
            return None
        given = assignments.to_take(attempt.student, attempt.quiz)
        return next((s for s in given if s.assignment == attempt.assignment), None)

    @cached_property
    def _points_before(self) -> dict[str, Decimal]:
        if self.last_time is None:
            return {}
        shown = Response.objects.shown().filter(attempt=self.last_time)
        return dict(shown.values_list("question__key", "points"))
