"""A statement that holds or does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import override

from lessons.entries import Prose
from quizzes.answers import Body, Fault, QuestionEntry
from quizzes.kinds.single import (
    ON_PAPER,
    TEMPLATE,
    ask,
    extend,
    grade,
    read,
    readable,
    redraw,
    right,
    same,
)

__all__ = [
    "ON_PAPER",
    "TEMPLATE",
    "ask",
    "extend",
    "grade",
    "read",
    "readable",
    "redraw",
    "right",
    "same",
]


class Entry(QuestionEntry):
    kind: Literal["true_false"]
    answer: bool
    why: Prose | None = None


def faults(entry: Entry) -> Iterator[Fault]:
    return iter(())


def body(entry: Entry, language: str) -> Body:
    with override(language):
        words = {True: _("True"), False: _("False")}
    return {
        "is_in_order": True,
        "choices": [
            {
                "key": str(value).lower(),
                "text": words[value],
                "right": value == entry.answer,
                "why": "" if value == entry.answer else entry.why or "",
            }
            for value in words
        ],
    }
