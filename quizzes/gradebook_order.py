"""In which order a gradebook stands: by name, by total, or by an assignment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from quizzes.class_status import URGENCY
from quizzes.gradebook import Cell, Gradebook, Row
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
    """Who has no score stands last, whichever way round, by how far they are."""
    if order.by == NAME:
        rows: Sequence[Row] = book.rows[::-1] if order.is_downward else book.rows
        return replace(book, rows=list(rows))
    cell = _cell_by(book, order.by)
    scores = [(row, cell(row).score if cell else row.total) for row in book.rows]
    scored = [(row, score) for row, score in scores if score.points is not None]
    scored.sort(key=lambda pair: share(pair[1]), reverse=order.is_downward)
    rest = [row for row, score in scores if score.points is None]
    if cell:
        rest.sort(key=lambda row: how_far(cell(row)), reverse=order.is_downward)
    return replace(book, rows=[row for row, _ in scored] + rest)


def _cell_by(book: Gradebook, by: str) -> Callable[[Row], Cell] | None:
    """What each row has of the assignment by which to sort; None for the total."""
    if by == TOTAL:
        return None
    keys = [str(column.assignment.pk) for column in book.columns]
    number = keys.index(by)
    return lambda row: row.cells[number]


def how_far(cell: Cell) -> int:
    return URGENCY[cell.status.state]


def share(score: Score) -> Decimal:
    return (score.points or Decimal(0)) / (score.most or Decimal(1))
