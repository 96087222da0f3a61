"""One choice out of several."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from string import ascii_uppercase
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from pydantic import Field

from lessons.entries import Entry as _Entry
from lessons.entries import Prose
from lessons.passages import normalised
from quizzes.answers import Answer, Body, Fault, NotAnAnswer, QuestionEntry, keys_of

TEMPLATE = "quizzes/kinds/choices.html"
ON_PAPER = "letters"


class ChoiceEntry(_Entry):
    text: Prose
    right: bool = False
    why: Prose | None = None


# On paper each choice has a letter.
Choices = Annotated[list[ChoiceEntry], Field(min_length=2, max_length=26)]


class Entry(QuestionEntry):
    kind: Literal["single"]
    choices: Choices


@dataclass(frozen=True)
class Choice:
    """A choice as it is shown, before or after the answer is in."""

    letter: str
    key: str
    text: str
    is_picked: bool
    is_right: bool = False
    why: str = ""


def faults(entry: Entry) -> Iterator[Fault]:
    right = sum(choice.right for choice in entry.choices)
    if right > 1:
        what = f"the question {entry.id} is single but has {right} right choices"
        todo = "keep one `right: true`, or make it `kind: multiple`"
        yield Fault(("choices",), what, todo)
    yield from faults_of_choices(entry.id, entry.choices)


def faults_of_choices(question: str, choices: list[ChoiceEntry]) -> Iterator[Fault]:
    if not any(choice.right for choice in choices):
        what = f"the question {question} has no right choice"
        yield Fault(("choices",), what, "mark one with `right: true`")
    seen: set[str] = set()
    for number, choice in enumerate(choices):
        if (text := normalised(choice.text)) in seen:
            what = f"the question {question} offers {choice.text!r} twice"
            yield Fault(("choices", number), what, "write another choice")
        seen.add(text)


def body(entry: Any, language: str) -> Body:
    keys = keys_of([choice.text for choice in entry.choices])
    return {
        "choices": [
            {"key": k, "text": c.text, "right": c.right, "why": c.why or ""}
            for k, c in zip(keys, entry.choices, strict=True)
        ]
    }


def ask(body: Body, picked: Answer, draw: random.Random) -> list[Choice]:
    return [
        Choice(letter, choice["key"], choice["text"], choice["key"] in picked)
        for letter, choice in _lettered(body, draw)
    ]


def redraw(body: Body, answer: Answer, draw: random.Random) -> list[Choice]:
    return [
        Choice(letter, c["key"], c["text"], c["key"] in answer, c["right"], c["why"])
        for letter, c in _lettered(body, draw)
    ]


def _lettered(body: Body, draw: random.Random) -> Iterator[tuple[str, dict[str, Any]]]:
    choices = list(body["choices"])
    if not body.get("is_in_order"):
        # Sorted first: who knew how it is shuffled could find the file's order.
        choices.sort(key=lambda choice: choice["key"])
        draw.shuffle(choices)
    return zip(ascii_uppercase, choices, strict=False)


def read(body: Body, raw: list[str]) -> Answer:
    picked = list(dict.fromkeys(key for key in raw if key))
    if not set(picked) <= {choice["key"] for choice in body["choices"]}:
        raise NotAnAnswer(
            _("That choice is not one of this question's. Choose one below.")
        )
    if len(picked) > 1:
        raise NotAnAnswer(_("Choose one answer only."))
    return picked


def right(body: Body) -> Answer:
    return rights(body)[:1]


def rights(body: Body) -> Answer:
    return [choice["key"] for choice in body["choices"] if choice["right"]]


def grade(body: Body, answer: Answer) -> Fraction:
    return Fraction(bool(answer) and set(answer) <= set(rights(body)))


def readable(body: Body, answer: Answer) -> str:
    return "; ".join(c["text"] for c in body["choices"] if c["key"] in answer)


def same(body: Body, answer: Answer) -> Answer:
    return sorted(answer)


def extend(body: Body, answer: Answer) -> Body:
    choices = [
        choice | {"right": choice["right"] or choice["key"] in answer}
        for choice in body["choices"]
    ]
    return body | {"choices": choices}
