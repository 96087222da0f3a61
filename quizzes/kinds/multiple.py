"""All the choices that fit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.kinds.single import readable
from quizzes.models import Choice, Question

__all__ = ["IS_SHUFFLED", "field", "grade", "is_answer", "readable"]

IS_SHUFFLED = True


def field(question: Question, choices: Sequence[Choice]) -> forms.ChoiceField:
    return forms.MultipleChoiceField(
        choices=[(choice.key, choice.text) for choice in choices],
        widget=forms.CheckboxSelectMultiple,
        label=question.stem,
        error_messages={
            "required": _("Choose at least one answer first."),
            "invalid_choice": _(
                "One of those choices is not this question's. Choose again below."
            ),
        },
    )


def is_answer(question: Question, answer: list[str]) -> bool:
    known = {choice.key for choice in question.choices.all()}
    return bool(answer) and len(set(answer)) == len(answer) and set(answer) <= known


def grade(question: Question, answer: list[str]) -> Decimal:
    """Right picks less wrong picks, over the number right; never below 0."""
    choices = list(question.choices.all())
    right = {choice.key for choice in choices if choice.is_right}
    picked = set(answer)
    share = max(0, len(picked & right) - len(picked - right)) / Decimal(len(right))
    return (share * question.points).quantize(Decimal("0.01"), ROUND_HALF_UP)
