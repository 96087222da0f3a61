"""One sitting of an assignment, in numbers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID


class Taken(NamedTuple):
    """A class has thousands of them."""

    pk: UUID
    started_at: dt.datetime
    handed_in_at: dt.datetime | None
    marks_shown_at: dt.datetime | None
    score: Decimal
    max_score: Decimal
    question_count: int
    # Of its marked answers.
    wrong: int
    right: int

    @property
    def shows_score(self) -> bool:
        return bool(self.handed_in_at and self.marks_shown_at)

    @property
    def is_empty(self) -> bool:
        """Whether it was handed in without any answer."""
        return bool(self.handed_in_at) and not (self.wrong or self.right)

    @property
    def missed(self) -> int:
        """Without all the points; once handed in, what was left open is, too."""
        return self.question_count - self.right if self.handed_in_at else self.wrong
