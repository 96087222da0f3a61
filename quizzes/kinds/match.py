"""Pairs to be found: on the left what is asked, on the right what belongs to it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from string import ascii_uppercase
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import Field

from lessons.entries import Entry as _Entry
from lessons.entries import Prose
from lessons.passages import normalised
from quizzes.answers import Answer, Body, Fault, NotAnAnswer, QuestionEntry, keys_of
from quizzes.spelling import folded

TEMPLATE = "quizzes/kinds/match.html"
ON_PAPER = "pairs"


class Pair(_Entry):
    left: Prose
    right: Prose


class Entry(QuestionEntry):
    kind: Literal["match"]
    pairs: Annotated[list[Pair], Field(min_length=2, max_length=8)]
    # They match nothing.
    extra: Annotated[list[Prose], Field(max_length=8)] = []


@dataclass(frozen=True)
class Right:
    """Something that a left can be matched with; on paper it has a letter."""

    letter: str
    value: str
    text: str
    is_picked: bool


@dataclass(frozen=True)
class Left:
    key: str
    left: str
    rights: list[Right]


@dataclass(frozen=True)
class MarkedLeft:
    left: str
    given: str
    right: str
    is_right: bool


def faults(entry: Entry) -> Iterator[Fault]:
    lefts: set[str] = set()
    for number, pair in enumerate(entry.pairs):
        if (left := folded(pair.left)) in lefts:
            what = f"the question {entry.id} has {pair.left!r} twice on the left"
            yield Fault(("pairs", number, "left"), what, "write another one")
        lefts.add(left)
    rights = {folded(pair.right) for pair in entry.pairs}
    for number, extra in enumerate(entry.extra):
        if (right := folded(extra)) in rights:
            what = f"the question {entry.id} has {extra!r} on the right already"
            yield Fault(("extra", number), what, "write another one")
        rights.add(right)
    if len(rights) < 2:
        what = f"the question {entry.id} has nothing to choose from on the right"
        yield Fault(("pairs",), what, "write another right side, or an `extra`")


def body(entry: Entry, language: str) -> Body:
    texts = [*(pair.right for pair in entry.pairs), *entry.extra]
    rights = list({normalised(text): text for text in reversed(texts)}.values())
    keys = dict(zip(map(normalised, rights), keys_of(rights), strict=True))
    lefts = keys_of([pair.left for pair in entry.pairs])
    return {
        "lefts": [
            {"key": key, "text": pair.left, "right": keys[normalised(pair.right)]}
            for key, pair in zip(lefts, entry.pairs, strict=True)
        ],
        "rights": [{"key": keys[normalised(text)], "text": text} for text in rights],
    }


def ask(body: Body, picked: Answer, draw: random.Random) -> list[Left]:
    # Sorted first: who knew how it is shuffled could find the pairs.
    rights = sorted(body["rights"], key=lambda right: right["key"])
    draw.shuffle(rights)
    asked = []
    for left in body["lefts"]:
        choices: list[Right] = []
        for letter, right in zip(ascii_uppercase, rights, strict=False):
            value = f"{left['key']}:{right['key']}"
            choices.append(Right(letter, value, right["text"], value in picked))
        asked.append(Left(left["key"], left["text"], choices))
    return asked


def read(body: Body, raw: list[str]) -> Answer:
    values = {value for value in raw if value and not value.endswith(":")}
    known = [
        f"{left['key']}:{right['key']}"
        for left in body["lefts"]
        for right in body["rights"]
    ]
    if not values <= set(known):
        raise NotAnAnswer(
            _("One of those pairs is not this question's. Match the lines below.")
        )
    answer = [value for value in known if value in values]
    if len(_pairs(answer)) < len(answer):
        raise NotAnAnswer(
            _("A line is matched twice. Choose one partner for each line.")
        )
    return answer


def _pairs(answer: Answer) -> dict[str, str]:
    """The key of the right side given to each left."""
    return dict(value.split(":", 1) for value in answer)


def right(body: Body) -> Answer:
    return [f"{left['key']}:{left['right']}" for left in body["lefts"]]


def grade(body: Body, answer: Answer) -> Fraction:
    marked = _marked(body, answer)
    return Fraction(sum(row.is_right for row in marked), len(marked))


def readable(body: Body, answer: Answer) -> str:
    rows = _marked(body, answer)
    return "; ".join(f"{row.left} → {row.given}" for row in rows if row.given)


def redraw(body: Body, answer: Answer, draw: random.Random) -> list[MarkedLeft]:
    return _marked(body, answer)


def _marked(body: Body, answer: Answer) -> list[MarkedLeft]:
    """Each left as it was matched, beside the right answer that is nearest to it."""
    texts = {right["key"]: right["text"] for right in body["rights"]}
    given = _pairs(answer)
    accepted = same(body, answer) in body.get("also_right", [])
    rights = _nearest(body, given)
    return [
        MarkedLeft(
            left["text"],
            texts.get(given.get(left["key"], ""), ""),
            texts[rights[left["key"]]],
            accepted or given.get(left["key"]) == rights[left["key"]],
        )
        for left in body["lefts"]
    ]


def _nearest(body: Body, given: dict[str, str]) -> dict[str, str]:
    known = [right(body), *body.get("also_right", [])]
    # One that was accepted may have left lines open.
    pairs = [_pairs(right(body)) | _pairs(answer) for answer in known]
    return max(pairs, key=lambda rights: len(rights.items() & given.items()))


def same(body: Body, answer: Answer) -> Answer:
    return sorted(answer)


def extend(body: Body, answer: Answer) -> Body:
    """Other pairs are right as a whole, and the share is that of the nearest ones."""
    if not answer or grade(body, answer) == 1:
        return body
    return body | {"also_right": [*body.get("also_right", []), same(body, answer)]}
