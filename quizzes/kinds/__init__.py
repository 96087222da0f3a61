"""The kinds of question, each a module with the same four functions.

``field(question, choices)`` is the form field that takes an answer,
``grade(question, answer)`` its points, ``readable(question, answer)`` the answer
in words, ``is_answer(question, answer)`` whether it has the shape of one. An
answer is a list of choice keys.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from django import forms

from quizzes.kinds import multiple, single, true_false
from quizzes.models import Choice, Question


class Kind(Protocol):
    def field(
        self, question: Question, choices: Sequence[Choice]
    ) -> forms.ChoiceField: ...

    def is_answer(self, question: Question, answer: list[str]) -> bool: ...

    def grade(self, question: Question, answer: list[str]) -> Decimal: ...

    def readable(self, question: Question, answer: list[str]) -> str: ...

    IS_SHUFFLED: bool


KINDS: dict[str, Kind] = {
    Question.Kind.SINGLE: single,
    Question.Kind.MULTIPLE: multiple,
    Question.Kind.TRUE_FALSE: true_false,
}


def kind_of(question: Question) -> Kind:
    return KINDS[question.kind]
