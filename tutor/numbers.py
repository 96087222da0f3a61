"""The numbers in a text, written one way whether in digits or in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from lessons.sentences import spans
from tutor.wording import (
    ENDS_PHRASE,
    JOINTS,
    TURNS,
    equations,
    in_order,
    read,
    unified,
)

THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
DIGITS = r"(?:(?<![^\s(])-)?\d+(?:\.\d+)?(?:st|nd|rd|th|s)?"
# The numbers of a text, and the stems of what else it says.
Read = tuple[list[str], frozenset[str]]
PART = re.compile(rf"{ENDS_PHRASE.pattern}|\b(?:{'|'.join(TURNS | JOINTS)})\b")
ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)$")
TOKEN = re.compile(rf"{DIGITS}|\b(?!and\b)[a-z]+")
PERCENT = re.compile(r"\s*(?:%|percent\b)")


def come_from(claim: str, quote: str, language: str) -> bool:
    """Whether the quote has the numbers of the claim, in its order.

    The sentence of the quote that has a number also has at least half of what the
    claim says beside it, as far as the quote says it at all.
    """
    wanted = numbers(claim, language)
    if not wanted or not in_order(wanted, numbers(quote, language)):
        return not wanted
    sentences = [_read(quote[start:end], language) for start, end in spans(quote)]
    known = frozenset[str]().union(*(said for _, said in sentences))
    return all(
        any(
            number in own and 2 * len(beside & said) >= len(beside & known)
            for own, said in sentences
        )
        for counted, beside in _phrases(claim, wanted, language)
        for number in counted
    )


def _phrases(claim: str, wanted: list[str], language: str) -> list[Read]:
    parts = [_read(part, language) for part in PART.split(unified(claim, language))]
    if [number for counted, _ in parts for number in counted] == wanted:
        return parts
    # An "and" stood inside of a number.
    return [_read(claim, language)]


def numbers(text: str, language: str) -> list[str]:
    """In their order: "3" for three, "3th" for the third, "3%" and "1990s"."""
    text = unified(text, language).casefold()
    text = THOUSANDS.sub(lambda match: match.group().replace(",", ""), text)
    found: list[str] = []
    for run in _runs(language).finditer(text):
        found += _values(run.group(), language)
        if PERCENT.match(text, run.end()):
            found[-1] += "%"
    return found


def _read(text: str, language: str) -> Read:
    words = read(text, language)
    said = frozenset(word.stem for word in words if word.is_content)
    return numbers(text, language), said


def _values(run: str, language: str) -> Iterator[str]:
    """The numbers among number words that stand side by side."""
    number: Fraction | None = None
    words = equations("number-words", language)
    for token in TOKEN.findall(run):
        value = ORDINAL.sub("th", words.get(token, token))
        joined = None if number is None else _joined(number, value)
        if joined is None and number is not None:
            yield str(number)
        number = _started(value) if joined is None else joined
        if value.endswith(("th", "s")):
            yield f"{number}{value.lstrip('-.0123456789')}"
            number = None
    if number is not None:
        yield str(number)


def _started(value: str) -> Fraction:
    return Fraction(value.lstrip("x").rstrip("ths"))


def _joined(number: Fraction, value: str) -> Fraction | None:
    """The two as one number, as twenty and one are, if they can be."""
    added = _started(value)
    if value.startswith("x"):
        low = number % added
        return number - low + low * added if low else None
    room = 10 if number % 100 >= 20 else 100
    fits = added < room and number >= 20 and number % room == 0
    return number + added if fits and added else None


@cache
def _runs(language: str) -> re.Pattern[str]:
    words = equations("number-words", language)
    sizes = "|".join(word for word, value in words.items() if value[0] == "x")
    word = "|".join(words)
    in_words = rf"\b(?:(?:{word})[\s-]|(?:{sizes})\sand\s)*(?:{word})\b"
    return re.compile(rf"{DIGITS}(?:\s(?:{sizes})\b)*|{in_words}")
