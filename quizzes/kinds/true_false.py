"""A statement that holds or does not."""

from __future__ import annotations

from quizzes.kinds.single import field, grade, is_answer, readable

__all__ = ["IS_SHUFFLED", "field", "grade", "is_answer", "readable"]

IS_SHUFFLED = False
