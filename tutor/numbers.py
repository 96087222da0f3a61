"""The numbers in a text, written one way whether in digits or in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from lessons.sentences import spans
from tutor.wording import ENDS_PHRASE, equations, in_order, read, unified

THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
DIGITS = r"(?:(?<![^\s(])-)?\d+(?:\.\d+)?(?:st|nd|rd|th|s)?"
ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)$")
TOKEN = re.compile(rf"{DIGITS}|\b(?!and\b)[a-z]+")
PERCENT = re.compile(r"\s*(?:%|percent\b)")


def come_from(claim: str, quote: str, language: str, *, in_any_order: bool) -> bool:
    """Whether the quote has the numbers of the claim, and among the same words."""
    wanted, given = numbers(claim, language), numbers(quote, language)
    are_given = set(wanted) <= set(given) if in_any_order else in_order(wanted, given)
    if not are_given or not wanted:
        return are_given
    sentences = [
        (set(numbers(sentence, language)), _said(sentence, language))
        for sentence in (quote[start:end] for start, end in spans(quote))
    ]
    known = frozenset[str]().union(*(stems for _, stems in sentences))
    return all(
        any(
            number in own and 2 * len(said & stems) >= len(said & known)
            for own, stems in sentences
        )
        for phrase in ENDS_PHRASE.split(unified(claim, language))
        for said in [_said(phrase, language)]
        for number in numbers(phrase, language)
    )


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


def _said(text: str, language: str) -> frozenset[str]:
    words = read(text, language)
    return frozenset(word.stem for word in words if word.is_content)


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
