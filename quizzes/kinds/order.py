"""Lines to be put in their right order."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product
from typing import Annotated, Literal

from django.utils.translation import gettext as _
from pydantic import Field

from lessons.entries import Prose
from quizzes.answers import Answer, Body, Fault, NotAnAnswer, QuestionEntry, keys_of
from quizzes.spelling import folded

TEMPLATE = "quizzes/kinds/order.html"
ON_PAPER = "places"
MOST_DRAWS = 20


class Entry(QuestionEntry):
    kind: Literal["order"]
    items: Annotated[list[Prose], Field(min_length=3, max_length=8)]


@dataclass(frozen=True)
class Place:
    """A place that a line can be given."""

    value: str
    number: int
    is_picked: bool


@dataclass(frozen=True)
class Row:
    """A line before the answer is in."""

    key: str
    text: str
    place: int | None
    choices: list[Place]


@dataclass(frozen=True)
class MarkedRow:
    """A line where the answer put it."""

    text: str
    right_place: int
    # The line above it is the one that belongs there; for the first, that none does.
    follows: bool


@dataclass(frozen=True)
class Marked:
    rows: list[MarkedRow]
    right: list[str]
    is_right: bool


def faults(entry: Entry) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, item in enumerate(entry.items):
        if (text := folded(item)) in seen:
            what = f"the question {entry.id} has the line {item!r} twice"
            yield Fault(("items", number), what, "write another line")
        seen.add(text)


def body(entry: Entry, language: str) -> Body:
    pairs = zip(keys_of(entry.items), entry.items, strict=True)
    return {"items": [{"key": key, "text": text} for key, text in pairs]}


def _texts(body: Body) -> dict[str, str]:
    """The lines by their keys, in the right order."""
    return {item["key"]: item["text"] for item in body["items"]}


def _values(body: Body) -> dict[str, tuple[str, int]]:
    """All that a form can send, with the line and the place it means."""
    pairs = product(right(body), range(1, len(body["items"]) + 1))
    return {f"{key}:{place}": (key, place) for key, place in pairs}


def ask(body: Body, picked: Answer, draw: random.Random) -> list[Row]:
    chosen, texts = _chosen(body, picked), _texts(body)
    return [
        Row(key, texts[key], chosen.get(key), _places(texts, key, chosen.get(key)))
        for key in _drawn(body, draw)
    ]


def _chosen(body: Body, picked: Answer) -> dict[str, int]:
    if set(picked) <= set(right(body)):
        return {key: place for place, key in enumerate(picked, 1)}
    values = _values(body)
    return dict(values[value] for value in picked if value in values)


def _places(texts: dict[str, str], key: str, chosen: int | None) -> list[Place]:
    places = range(1, len(texts) + 1)
    return [Place(f"{key}:{place}", place, place == chosen) for place in places]


def _drawn(body: Body, draw: random.Random) -> list[str]:
    # Sorted first: who knew how it is shuffled could find the right order.
    keys = sorted(right(body))
    for _number in range(MOST_DRAWS):
        draw.shuffle(keys)
        if keys not in _orders(body):
            break
    return keys


def read(body: Body, raw: list[str]) -> Answer:
    values = [value for value in raw if value and not value.endswith(":")]
    keys = right(body)
    if not values or sorted(values) == sorted(keys):
        return values
    known = _values(body)
    if not set(values) <= known.keys():
        raise NotAnAnswer(
            _("One of those lines is not this question's. Number the lines below.")
        )
    placed = [known[value] for value in dict.fromkeys(values)]
    if len(dict(placed)) < len(placed):
        raise NotAnAnswer(_("A line has two numbers. Give each line one number."))
    _check_places([place for _key, place in placed], len(keys))
    return [key for key, _place in sorted(placed, key=lambda pair: pair[1])]


def _check_places(places: list[int], count: int) -> None:
    place, lines = Counter(places).most_common(1)[0]
    free = [str(n) for n in range(1, count + 1) if n not in places]
    if lines > 2:
        what = _("More than two lines have number %(place)d.")
    elif lines == 2:
        what = _("Two lines have number %(place)d.")
    else:
        what = _("Not used yet: %(free)s.")
    if free:
        todo = _("Give each line a number of its own.")
        what %= {"place": place, "free": ", ".join(free)}
        raise NotAnAnswer(f"{what} {todo}")


def _orders(body: Body) -> list[list[str]]:
    return [right(body), *body.get("also_right", [])]


def _share(order: list[str], answer: Answer) -> Fraction:
    pairs = set(pairwise(order))
    return Fraction(len(pairs & set(pairwise(answer))), len(pairs))


def _nearest(body: Body, answer: Answer) -> list[str]:
    return max(_orders(body), key=lambda order: _share(order, answer))


def right(body: Body) -> Answer:
    return list(_texts(body))


def grade(body: Body, answer: Answer) -> Fraction:
    """The share of lines that stand right behind the one they belong behind."""
    return _share(_nearest(body, answer), answer)


def readable(body: Body, answer: Answer) -> str:
    texts = [_texts(body)[key] for key in answer]
    return "; ".join(f"{number}. {text}" for number, text in enumerate(texts, 1))


def redraw(body: Body, answer: Answer, draw: random.Random) -> Marked:
    order, texts = _nearest(body, answer), _texts(body)
    before = {key: above for above, key in pairwise([None, *order])}
    rows = [
        MarkedRow(texts[key], order.index(key) + 1, before[key] == above)
        for above, key in pairwise([None, *answer])
        if key is not None
    ]
    return Marked(rows, [texts[key] for key in order], answer == order)


def same(body: Body, answer: Answer) -> Answer:
    return list(answer)


def extend(body: Body, answer: Answer) -> Body:
    """Another order is right, too, and the share is that of the nearest order."""
    if not answer or answer in _orders(body):
        return body
    return body | {"also_right": [*body.get("also_right", []), answer]}
