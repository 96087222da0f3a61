"""One student's work on an assignment, with the answers as they are marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from django.urls import reverse

from quizzes.class_work import work_of
from quizzes.gradebook import Cell
from quizzes.marking import readable
from quizzes.marks import Mark
from quizzes.models import Assignment, Attempt, Override, Question
from quizzes.results import Result
from quizzes.scores import Score, max_scores, points_text
from quizzes.sittings import Sitting
from quizzes.status import Status, statuses_of
from quizzes.stored_sittings import sitting_of
from quizzes.taken import Taken
from tendril.accounts.models import User


@dataclass(frozen=True)
class ShownLine:
    question: Question
    # None: it was left open, or is not marked yet.
    mark: Mark | None
    # What is answered and not marked yet.
    draft: str


@dataclass(frozen=True)
class Said:
    override: Override
    points: str


@dataclass
class StudentWork:
    status: Status
    # What most were asked for.
    asked: Decimal | None
    # The attempt whose answers are shown.
    shown: Taken | None

    @property
    def assignment(self) -> Assignment:
        return self.status.assignment

    @property
    def student(self) -> User:
        return self.status.student

    @property
    def score(self) -> Score:
        return Score.of(self.status.work, self.asked)

    @property
    def most(self) -> Decimal | None:
        """The most points that may count."""
        return self.score.most

    @cached_property
    def cell(self) -> Cell:
        """As it stands in the gradebook."""
        url = reverse("quizzes:student_work", args=self.status.work.place)
        return Cell(self.status, self.score, self.asked, url)

    @property
    def attempts(self) -> list[tuple[Taken, Score]]:
        """The newest first."""
        taken = self.status.work.attempts[::-1]
        return [(each, Score(each.score, each.max_score)) for each in taken]

    @property
    def holds_a_word(self) -> bool:
        override = self.status.work.override
        return override is not None and override.kind != Override.Kind.NONE

    @cached_property
    def history(self) -> list[Said]:
        work = self.status.work
        said = work.assignment.overrides.filter(student=work.student)
        return [
            Said(override, points_text(override.score))
            for override in said.select_related("made_by")
        ]

    @cached_property
    def sitting(self) -> Sitting | None:
        if self.shown is None:
            return None
        return sitting_of(Attempt.objects.with_lesson().get(pk=self.shown.pk))

    @cached_property
    def lines(self) -> list[ShownLine]:
        if self.sitting is None:
            return []
        return [
            ShownLine(
                line.question,
                line.mark and line.mark.told_to_others(),
                self._draft_to(line.question),
            )
            for line in Result(self.sitting).lines
        ]

    def _draft_to(self, question: Question) -> str:
        answer = self.sitting.drafts.get(question.pk) if self.sitting else None
        return readable(question, answer) if answer else ""


def student_work(
    assignment: Assignment,
    student: User,
    attempt: UUID | None = None,
    *,
    only_shown: bool = False,
) -> StudentWork | None:
    """None where it was never given to this student."""
    work = work_of([assignment], [student])[assignment.pk, student.pk]
    if not (work.is_given or work.override):
        return None
    status = statuses_of([work], only_shown=only_shown)[work.place]
    asked = max_scores([assignment], {assignment.pk: [work]})[assignment.pk]
    return StudentWork(status, asked, shown_of(work.attempts, work.best, attempt))


def shown_of(
    attempts: Sequence[Taken], best: Taken | None, wanted: UUID | None
) -> Taken | None:
    """The one asked for; else what counts, or the newest."""
    by_pk = {attempt.pk: attempt for attempt in attempts}
    if wanted in by_pk:
        return by_pk[wanted]
    return best or (attempts[-1] if attempts else None)
