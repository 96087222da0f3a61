"""Where words such as "my name is" or "I live in" say what is personal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tutor.stemmed_line import file_lines
from tutor.stems import FUNCTION_WORDS

WORD = re.compile(r"[^\W_][\w'-]*")
# Words within names and places that have no capital letter.
JOINING = frozenset(
    [
        *("of", "de", "la", "le", "du", "der", "den", "von", "van", "am", "an"),
        *("upon", "the", "st"),
    ]
)


@dataclass(frozen=True)
class Cue:
    kind: str
    regex: re.Pattern[str]
    # The words before it say that it is the student's own.
    is_own: bool


@dataclass(frozen=True)
class Found:
    cue: Cue
    start: int
    end: int


def found(text: str, small: str) -> Iterator[Found]:
    """What the patterns tell; ``small`` is the text in plain letters."""
    for cue in _cues():
        for match in cue.regex.finditer(small):
            if span := _span(text, small, match, cue.kind):
                yield Found(cue, *span)


@cache
def _cues() -> tuple[Cue, ...]:
    lines = [line.split(": ", 1) for line in file_lines("personal-patterns.en.txt")]
    return tuple(
        Cue(kind, re.compile(regex.removeprefix("!")), regex.startswith("!"))
        for kind, regex in lines
    )


@cache
def _no_names() -> frozenset[str]:
    words = " ".join(file_lines("personal-not-names.en.txt")).split()
    return FUNCTION_WORDS | frozenset(words)


@cache
def _ordinary_names() -> frozenset[str]:
    return frozenset(" ".join(file_lines("personal-ordinary-names.en.txt")).split())


def _is_any_school(small: str) -> bool:
    """Whether the words say nothing of which school it is."""
    words = " ".join(file_lines("personal-schools.en.txt")).split()
    return _no_names().union(words).issuperset(WORD.findall(small))


def _span(
    text: str, small: str, match: re.Match[str], kind: str
) -> tuple[int, int] | None:
    """What is to be taken out of a match, or nothing."""
    groups = match.groupdict()
    if groups.get("it"):
        is_telling = kind != "school" or not _is_any_school(groups["it"])
        return match.span("it") if is_telling else None
    if groups.get("named"):
        return _named(text, small, *match.span("named"))
    if groups.get("capital"):
        start, end = match.span("capital")
        name = _capital(text, small, start, end)
        return name if kind == "name" or not name else match.span()
    return match.span()


def _capital(text: str, small: str, start: int, end: int) -> tuple[int, int] | None:
    """As far as the words have capital letters, if one of them is a name."""
    words = list(WORD.finditer(text, start, end))
    last = None
    for word in words:
        plain = small[word.start() : word.end()]
        if not (word[0][0].isupper() or plain in JOINING):
            break
        if plain not in _no_names():
            last = word
    if last is None:
        return None
    first = next(w for w in words if small[w.start() : w.end()] not in _no_names())
    return first.start(), last.end()


def _named(text: str, small: str, start: int, end: int) -> tuple[int, int] | None:
    """A name or place in capitals, or one or two small words before others."""
    if (name := _capital(text, small, start, end)) and name[0] == start:
        return name
    clause = re.split(r"[.,;:!?()\n]", small[start:end])[0]
    words = list(WORD.finditer(clause))
    known = [word[0] in _no_names() for word in words] + [True]
    if not words or words[0].start() > 0 or known[0]:
        return _ordinary(text, small, start)
    last = words[1] if len(words) > 1 and not known[1] and known[2] else words[0]
    return start, start + last.end()


def _ordinary(text: str, small: str, start: int) -> tuple[int, int] | None:
    """A name that is a word as well, told by its capital letter."""
    word = WORD.match(text, start)
    if word and word[0][0].isupper() and small[start : word.end()] in _ordinary_names():
        return start, word.end()
    return None
