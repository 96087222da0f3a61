"""A text with blanks to fill in."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import Field

from lessons.entries import Prose
from quizzes.answers import Answer, Body, Fault, NotAnAnswer, QuestionEntry
from quizzes.kinds.short import (
    Words,
    body_of_words,
    faults_of_words,
    others_in,
    typed,
    with_answer,
)
from quizzes.spelling import Verdict, folded, judge

TEMPLATE = "quizzes/kinds/gaps.html"
ON_PAPER = "blanks"
BLANK = re.compile("_{3,}")
CLOSING = ".,;:!?…)]}»”\u2019'\"-\u2013%/"
MOST_CHARACTERS = 100
OPEN = "…"


class Entry(QuestionEntry):
    kind: Literal["gaps"]
    # With ___ for each blank.
    text: Prose
    blanks: Annotated[list[Words], Field(min_length=1, max_length=12)]


@dataclass(frozen=True)
class Text:
    """What stands around the blanks."""

    text: str
    # Templates tell a blank by its number.
    number: int = 0


@dataclass(frozen=True)
class Blank:
    """Where a text is typed."""

    number: int
    value: str
    most_characters: int = MOST_CHARACTERS
    # Signs that stay in its line.
    after: str = ""


@dataclass(frozen=True)
class MarkedBlank:
    number: int
    given: str
    is_right: bool
    right: str
    why: str
    is_forgiven: bool
    after: str = ""
    # What counts as right beside the first, for the answer key.
    others: tuple[str, ...] = ()


Part = Text | Blank | MarkedBlank


def faults(entry: Entry) -> Iterator[Fault]:
    found, listed = len(BLANK.findall(entry.text)), len(entry.blanks)
    if found != listed:
        what = (
            f"the question {entry.id} has {found} ___ in `text`, {listed} in `blanks`"
        )
        yield Fault(("blanks",), what, "write one entry for each ___")
    for number, words in enumerate(entry.blanks):
        name = f"blank {number + 1} of the question {entry.id}"
        for fault in faults_of_words(name, words):
            yield replace(fault, place=("blanks", number, *fault.place))


def body(entry: Entry, language: str) -> Body:
    return {
        "texts": BLANK.split(entry.text),
        "blanks": [body_of_words(words) for words in entry.blanks],
    }


def ask(body: Body, picked: Answer, draw: random.Random) -> list[Part]:
    values = _padded(body, picked)
    return _parts(body, [Blank(n, value) for n, value in enumerate(values, 1)])


def _padded(body: Body, answer: Answer) -> list[str]:
    """A text for each blank."""
    count = len(body["blanks"])
    return [*answer, *[""] * count][:count]


def _parts(body: Body, blanks: Sequence[Blank | MarkedBlank]) -> list[Part]:
    first, *others = body["texts"]
    parts: list[Part] = [Text(first)]
    for blank, text in zip(blanks, others, strict=True):
        rest = text.lstrip(CLOSING)
        after = text.removesuffix(rest)
        parts += [replace(blank, after=after), Text(rest)]
    return [part for part in parts if not isinstance(part, Text) or part.text]


def read(body: Body, raw: list[str]) -> Answer:
    if len(raw) > len(body["blanks"]):
        raise NotAnAnswer(
            _("There are more answers than blanks. Fill in the blanks below.")
        )
    texts = [_read_blank(number, text) for number, text in enumerate(raw, 1)]
    return _padded(body, texts) if any(texts) else []


def _read_blank(number: int, text: str) -> str:
    try:
        return typed(text, MOST_CHARACTERS)
    except NotAnAnswer as refusal:
        parts = {"number": number, "what": refusal}
        raise NotAnAnswer(_("Blank %(number)d: %(what)s") % parts) from refusal


def right(body: Body) -> Answer:
    return [blank["answers"][0] for blank in body["blanks"]]


def grade(body: Body, answer: Answer) -> Fraction:
    verdicts = _verdicts(body, answer)
    return Fraction(sum(verdict.is_right for verdict in verdicts), len(verdicts))


def _verdicts(body: Body, answer: Answer) -> list[Verdict]:
    pairs = zip(_padded(body, answer), body["blanks"], strict=True)
    return [judge(text, words) for text, words in pairs]


def readable(body: Body, answer: Answer) -> str:
    return "; ".join(text or OPEN for text in answer)


def redraw(body: Body, answer: Answer, draw: random.Random) -> list[Part]:
    verdicts = zip(_verdicts(body, answer), map(others_in, body["blanks"]), strict=True)
    marked = [
        MarkedBlank(
            n, v.given, v.is_right, v.right, v.why, v.is_forgiven, others=others
        )
        for n, (v, others) in enumerate(verdicts, 1)
    ]
    return _parts(body, marked)


def same(body: Body, answer: Answer) -> Answer:
    return [folded(text) for text in answer]


def extend(body: Body, answer: Answer) -> Body:
    """What was typed is right in its blank; one left open stays without points."""
    pairs = zip(_padded(body, answer), body["blanks"], strict=True)
    return body | {"blanks": [with_answer(words, text) for text, words in pairs]}
