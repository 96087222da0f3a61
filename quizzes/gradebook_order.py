"""In which order a gradebook stands: by name, by total, or by an assignment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from quizzes.gradebook import Gradebook, Row
from quizzes.scores import Score

NAME, TOTAL = "name", "total"


@dataclass(frozen=True)
class Order:
    """What ``?sort=`` says; a minus in front turns it round."""

    by: str = NAME
    is_downward: bool = False

    @classmethod
    def of(cls, asked: str, book: Gradebook) -> Order:
        by = asked.removeprefix("-")
        known = {NAME, TOTAL, *(str(column.assignment.pk) for column in book.columns)}
        return cls(by, asked != by) if by in known else cls()

    def __str__(self) -> str:
        return f"-{self.by}" if self.is_downward else self.by

    def next(self, by: str) -> str:
        """What a heading leads to: its order, or that the other way round."""
        return str(Order(by, self.by == by and not self.is_downward))

    def aria(self, by: str) -> str:
        if self.by != by:
            return ""
        return "descending" if self.is_downward else "ascending"


def ordered(book: Gradebook, order: Order) -> Gradebook:
    """Who has no score stands last, whichever way round."""
    if order.by == NAME:
        rows: Sequence[Row] = book.rows[::-1] if order.is_downward else book.rows
        return replace(book, rows=list(rows))
    score = _score_by(book, order.by)
    scored = [row for row in book.rows if score(row).points is not None]
    rest = [row for row in book.rows if score(row).points is None]
    scored.sort(key=lambda row: share(score(row)), reverse=order.is_downward)
    return replace(book, rows=scored + rest)


def _score_by(book: Gradebook, by: str) -> Callable[[Row], Score]:
    if by == TOTAL:
        return lambda row: row.total
    keys = [str(column.assignment.pk) for column in book.columns]
    number = keys.index(by)
    return lambda row: row.cells[number].score


def share(score: Score) -> Decimal:
    return (score.points or Decimal(0)) / (score.most or Decimal(1))
