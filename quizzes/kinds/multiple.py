"""All the choices that fit."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from django.utils.translation import gettext as _

from quizzes.answers import Answer, Body, Fault, NotAnAnswer, QuestionEntry
from quizzes.kinds.single import (
    ON_PAPER,
    TEMPLATE,
    Choice,
    Choices,
    ask,
    body,
    faults_of_choices,
    readable,
    rights,
    same,
)
from quizzes.kinds.single import redraw as redraw_choices
from quizzes.kinds.single import rights as right

__all__ = ["ON_PAPER", "TEMPLATE", "ask", "body", "readable", "right", "same"]


class Entry(QuestionEntry):
    kind: Literal["multiple"]
    choices: Choices


def faults(entry: Entry) -> Iterator[Fault]:
    yield from faults_of_choices(entry.id, entry.choices)


def read(body: Body, raw: list[str]) -> Answer:
    picked = list(dict.fromkeys(key for key in raw if key))
    if not set(picked) <= {choice["key"] for choice in body["choices"]}:
        raise NotAnAnswer(
            _("One of those choices is not this question's. Choose again below.")
        )
    return picked


def grade(body: Body, answer: Answer) -> Fraction:
    """Right picks less wrong picks, over the number right; never below 0."""
    if same(body, answer) in body.get("also_right", []):
        return Fraction(1)
    right = set(rights(body))
    picked = set(answer)
    return Fraction(max(0, len(picked & right) - len(picked - right)), len(right))


def redraw(body: Body, answer: Answer, draw: random.Random) -> list[Choice]:
    if same(body, answer) in body.get("also_right", []):
        choices = [c | {"right": c["key"] in answer} for c in body["choices"]]
        body = body | {"choices": choices}
    return redraw_choices(body, answer, draw)


def extend(body: Body, answer: Answer) -> Body:
    """Another set of picks is right as a whole, beside the first."""
    if not answer or grade(body, answer) == 1:
        return body
    return body | {"also_right": [*body.get("also_right", []), same(body, answer)]}
