"""The rules of a sitting: copied when it begins, and then its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from quizzes.allowances import Allowance
from quizzes.models import Assignment

# What reaches the server this long after the end still counts: a slow network,
# or a browser that hands in for somebody the moment the time is up.
GRACE = dt.timedelta(seconds=60)


@dataclass(frozen=True)
class Rules:
    feedback: str = Assignment.Feedback.AT_ONCE.value
    is_shuffled: bool = False
    has_hints: bool = True
    # None: as many attempts, and as long, as one likes.
    attempts_allowed: int | None = None
    minutes: int | None = None

    @classmethod
    def of(
        cls, assignment: Assignment | None, allowance: Allowance | None = None
    ) -> Rules:
        if assignment is None:
            return PRACTICE
        allowance = allowance or Allowance.of(assignment, None)
        return cls(
            assignment.feedback,
            assignment.is_shuffled,
            assignment.has_hints,
            allowance.attempts_allowed,
            allowance.minutes,
        )

    @classmethod
    def copied(cls, kept: Mapping[str, Any]) -> Rules:
        """The rules that an attempt keeps."""
        return cls(**kept)

    def copy(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def marks_at_once(self) -> bool:
        return self.feedback == Assignment.Feedback.AT_ONCE

    @property
    def marks_at_end(self) -> bool:
        return self.feedback == Assignment.Feedback.AT_END

    def ends_at(self, started_at: dt.datetime) -> dt.datetime | None:
        return started_at + dt.timedelta(minutes=self.minutes) if self.minutes else None


PRACTICE = Rules()
