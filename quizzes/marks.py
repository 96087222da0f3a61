"""A marked answer, as it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any, Self

from lessons.models import Passage
from quizzes.answers import Answer
from quizzes.marking import draw_of, kind_of, readable
from quizzes.models import Dispute, Question, Response


@dataclass(frozen=True)
class Mark:
    question: Question
    answer: Answer
    points: Decimal
    with_hint: bool = False
    seed: int = 0
    # Where it is kept, if it is.
    response: Response | None = None
    # What the lesson says, for a review that missed it.
    passages: Sequence[Passage] = ()
    # Whether whoever gave the answer reads it.
    is_own: bool = True
    # Tells it from others of the same question on a page.
    number: int = 0

    @classmethod
    def of(cls, question: Question, response: Response, seed: int) -> Self:
        """Of a response that is marked, with its question at hand."""
        return cls(
            question,
            response.answer,
            response.points,
            response.with_hint,
            seed,
            response,
        )

    def told_to_others(self) -> Self:
        return replace(self, is_own=False)

    @property
    def is_right(self) -> bool:
        return self.points == self.question.points

    @property
    def is_partly_right(self) -> bool:
        return 0 < self.points < self.question.points

    @cached_property
    def shown(self) -> Any:
        """The answer redrawn, with everything where it stood when asked."""
        draw = draw_of(self.seed, self.question)
        body = self.question.marking_version.body
        return kind_of(self.question).redraw(body, self.answer, draw)

    @property
    def place(self) -> str:
        return (
            f"{self.question.pk}-{self.number}"
            if self.number
            else f"{self.question.pk}"
        )

    @property
    def template(self) -> str:
        return f"{kind_of(self.question).TEMPLATE}#mark"

    @property
    def readable_answer(self) -> str:
        return readable(self.question, self.answer)

    @property
    def dispute(self) -> Dispute | None:
        """What its student said of it; fetched along by `sitting_of`."""
        return getattr(self.response, "dispute", None)

    @property
    def points_before(self) -> Decimal | None:
        """What it earned before a correction, if one changed it."""
        return getattr(self.response, "points_before", None)
