"""A number, typed, with its unit or without."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from lessons.entries import Prose
from quizzes.answers import Answer, Body, Fault, NotAnAnswer, QuestionEntry
from quizzes.numbers import MOST_CHARACTERS, read_number, written
from quizzes.typed_text import has_control_signs

TEMPLATE = "quizzes/kinds/number.html"
ON_PAPER = "words"


def _number(value: object) -> object:
    if type(value) not in (int, float) or not math.isfinite(value):  # type: ignore[arg-type]
        raise PydanticCustomError("number", "it is not a number: write digits")
    return value


def _at_least_zero(value: float) -> float:
    if value < 0:
        raise PydanticCustomError("tolerance", "it is below zero: write 0 or more")
    return value


# Not a union of types: its faults would be told once for each of them.
Number = Annotated[Any, AfterValidator(_number)]


class Entry(QuestionEntry):
    kind: Literal["number"]
    value: Number
    tolerance: Annotated[Number, AfterValidator(_at_least_zero)] = 0
    unit: Prose | None = None
    # Other spellings of the same unit.
    units: list[Prose] = []


@dataclass(frozen=True)
class Line:
    """Where the number is typed, and the unit beside it."""

    value: str
    unit: str
    most_characters: int = MOST_CHARACTERS


@dataclass(frozen=True)
class Marked:
    given: str
    is_right: bool
    right: str
    # How far beside `right` still counts; empty if no other number does.
    tolerance: str
    # What counts as well, as it was typed; for the answer key.
    others: tuple[str, ...] = ()


def faults(entry: Entry) -> Iterator[Fault]:
    if entry.units and not entry.unit:
        what = f"the question {entry.id} has other units, but none that they stand for"
        yield Fault(("units",), what, "name it in `unit`")
    yield from _faults_of_units(entry)
    if len(written(_exact(entry.value), "en", entry.unit or "")) > MOST_CHARACTERS:
        what = f"the question {entry.id} has an answer that is too long to type"
        yield Fault(("value",), what, f"keep it to {MOST_CHARACTERS} characters")


def _faults_of_units(entry: Entry) -> Iterator[Fault]:
    listed: list[tuple[tuple[int | str, ...], str]] = []
    if entry.unit:
        listed.append((("unit",), entry.unit))
    listed += [(("units", number), unit) for number, unit in enumerate(entry.units)]
    seen: set[str] = set()
    for place, unit in listed:
        if re.search(r"^[\d.,+-]", unit):
            what = (
                f"the question {entry.id} has the unit {unit!r}, which starts a number"
            )
            yield Fault(place, what, "let it start with a letter or a sign")
        if unit in seen:
            what = f"the question {entry.id} has the unit {unit!r} twice"
            yield Fault(place, what, "take one out")
        seen.add(unit)


def body(entry: Entry, language: str) -> Body:
    return {
        "value": str(_exact(entry.value)),
        "tolerance": str(_exact(entry.tolerance)),
        "unit": entry.unit or "",
        "units": entry.units,
        "language": language,
    }


def _exact(value: float) -> Decimal:
    """As it stands in the file: 0.1 is a tenth."""
    return Decimal(repr(value))


def ask(body: Body, picked: Answer, draw: random.Random) -> Line:
    return Line(next(filter(None, picked), ""), body["unit"])


def read(body: Body, raw: list[str]) -> Answer:
    texts = [text.strip() for text in raw if text.strip()]
    if len(texts) > 1:
        raise NotAnAnswer(_("Write one number only."))
    if texts and (has_control_signs(texts[0]) or _read(body, texts[0]) is None):
        raise NotAnAnswer(_what_to_write(body))
    return texts


def _what_to_write(body: Body) -> str:
    if not body["unit"]:
        return _("Write a number, such as 1.5 or 3/4.")
    return _("Write a number, such as 1.5 or 3/4, in this unit: %(unit)s.") % body


def _read(body: Body, text: str) -> Fraction | None:
    units = [body["unit"], *body["units"]]
    return read_number(text, body["language"], [unit for unit in units if unit])


def right(body: Body) -> Answer:
    return [written(Decimal(body["value"]), body["language"])]


def grade(body: Body, answer: Answer) -> Fraction:
    number = _read(body, "".join(answer))
    if number is None:
        return Fraction(0)
    beside = abs(number - Fraction(body["value"]))
    is_near = beside <= Fraction(body["tolerance"])
    also = (_read(body, text) for text in body.get("also", []))
    return Fraction(is_near or number in also)


def readable(body: Body, answer: Answer) -> str:
    return "".join(answer)


def redraw(body: Body, answer: Answer, draw: random.Random) -> Marked:
    language, tolerance = body["language"], Decimal(body["tolerance"])
    return Marked(
        "".join(answer),
        grade(body, answer) == 1,
        written(Decimal(body["value"]), language, body["unit"]),
        written(tolerance, language, body["unit"]) if tolerance else "",
        tuple(body.get("also", ())),
    )


def same(body: Body, answer: Answer) -> Answer:
    return [str(_read(body, text)) for text in answer]


def extend(body: Body, answer: Answer) -> Body:
    if not answer or grade(body, answer) == 1:
        return body
    return body | {"also": [*body.get("also", []), *answer]}
