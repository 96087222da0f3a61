"""Taking out what would tell who a student is, before anything is kept or sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from phonenumbers import Leniency, PhoneNumberMatcher

from tutor import personal_cues
from tutor.own_words import Known, own_places
from tutor.typed_words import outline

REGIONS = ("GB", "US", "DE", "FR", "ES", "IN", "AU")
CARD = re.compile(r"(?<![\d.])\d(?:[ -]?\d){12,18}(?!\d)")
DIGIT = "zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|\\d"
SPELT = re.compile(rf"\b(?:(?:{DIGIT})\b[ ,-]*){{7,}}")
COUNTING = "zero one two three four five six seven eight nine ten"
AGAIN = re.compile(r"(\[[a-z -]+\])(?:[ ,]+\1)+")
SIGNS = str.maketrans("\u2019\u2018\u02bc\u00b4`\u00df", "'''''s")


class Kind(StrEnum):
    """What was taken out; where two overlap, the earlier stands."""

    EMAIL = "e-mail"
    LINK = "link"
    PASSWORD = "password"  # noqa: S105 (a label)
    ACCOUNT = "account"
    NUMBER = "number"
    PHONE = "phone number"
    BIRTHDAY = "birthday"
    ADDRESS = "address"
    SCHOOL = "school"
    NAME = "name"


@dataclass(frozen=True)
class Cleaned:
    """The text with [name] and the like, and which kinds were taken out."""

    text: str
    found: tuple[Kind, ...] = ()


class Place(NamedTuple):
    kind: Kind
    start: int
    end: int


def removed(text: str, known: Known) -> Cleaned:
    """A text, as `typed_words.read` gives it, without what names the student.

    Words that the lesson has too stay, unless they are known or said to be the
    student's own.
    """
    small = "".join(map(outline, text.translate(SIGNS)))
    places = [
        Place(Kind(kind), *span) for kind, *span in own_places(text, small, known)
    ]
    lesson = {
        word
        for part in known.lesson_words
        for word in personal_cues.WORD.findall(part.lower())
    }
    for place, is_own in _places(text, small):
        if is_own or not lesson.issuperset(
            personal_cues.WORD.findall(small[place.start : place.end])
        ):
            places.append(place)
    return _cleaned(text, places)


def _cleaned(text: str, places: Iterable[Place]) -> Cleaned:
    kinds: list[Kind | None] = [None] * len(text)
    for place in sorted(places, key=lambda place: list(Kind).index(place.kind)):
        for at in range(place.start, place.end):
            kinds[at] = kinds[at] or place.kind
    parts = [
        char if kind is None else f"[{kind}]" if kind != before else ""
        for char, kind, before in zip(text, kinds, [None, *kinds], strict=False)
    ]
    found = tuple(kind for kind in Kind if kind in kinds)
    return Cleaned(AGAIN.sub(r"\1", "".join(parts)), found)


def _places(text: str, small: str) -> Iterator[tuple[Place, bool]]:
    for found in personal_cues.found(text, small):
        yield Place(Kind(found.cue.kind), found.start, found.end), found.cue.is_own
    for match in CARD.finditer(small):
        if _is_card(re.sub(r"\D", "", match[0])):
            yield Place(Kind.NUMBER, *match.span()), True
    for match in SPELT.finditer(small):
        spelt = match[0].rstrip(" ,-")
        if spelt not in COUNTING and re.search("[a-z]", spelt):
            yield Place(Kind.PHONE, match.start(), match.start() + len(spelt)), False
    if sum(map(str.isdigit, small)) >= 7:
        yield from _phone_numbers(small)


def _phone_numbers(small: str) -> Iterator[tuple[Place, bool]]:
    for region in REGIONS:
        matcher = PhoneNumberMatcher(small, region, leniency=Leniency.STRICT_GROUPING)
        for match in matcher:
            # Years and sums have neither; eight digits or more are typed on purpose.
            if re.search(r"^\+|^\(?0|\d{9}|\d[ ./-]\d+[ ./-]\d", match.raw_string):
                yield Place(Kind.PHONE, match.start, match.end), False


def _is_card(digits: str) -> bool:
    """The check digit by Luhn."""
    doubled = [int(digit) * 2 for digit in digits[-2::-2]]
    total = sum(map(int, digits[-1::-2])) + sum(d // 10 + d % 10 for d in doubled)
    return total % 10 == 0 and len(set(digits)) > 1
