"""One choice out of several."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.models import Choice, Question

IS_SHUFFLED = True


def field(question: Question, choices: Sequence[Choice]) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=[(choice.key, choice.text) for choice in choices],
        widget=forms.RadioSelect,
        label=question.stem,
        error_messages={
            "required": _("Choose an answer first."),
            "invalid_choice": _(
                "That choice is not one of this question's. Choose one below."
            ),
        },
    )


def is_answer(question: Question, answer: list[str]) -> bool:
    return len(answer) == 1 and answer[0] in {c.key for c in question.choices.all()}


def grade(question: Question, answer: list[str]) -> Decimal:
    right = {choice.key for choice in question.choices.all() if choice.is_right}
    return Decimal(question.points if set(answer) <= right and answer else 0)


def readable(question: Question, answer: list[str]) -> str:
    return "; ".join(c.text for c in question.choices.all() if c.key in answer)
