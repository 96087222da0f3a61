"""Where a student's own names, addresses, school and classes stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from tutor.stemmed_line import file_lines
from tutor.stems import FUNCTION_WORDS
from tutor.typed_words import outline

# What is typed for a letter; in a name of some length letters may stand apart.
DISGUISES = {"a": "a4@", "e": "e3", "i": "i1!", "l": "l1", "o": "o0", "s": "s5$"}
APART = " ._*-"
LEAST_APART = 4
LEAST_WORD = 2
# Behind a word: neither a letter nor a digit, but for the s of a genitive.
ENDS = re.compile(r"(?:'?s)?(?![^\W_])")


@dataclass(frozen=True)
class Known:
    """What the site knows of a student, and the words of the lesson."""

    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    lesson_words: frozenset[str] = frozenset()


def own_places(text: str, small: str, known: Known) -> Iterator[tuple[str, int, int]]:
    """The kind, start and end of each; ``small`` is the text in plain letters."""
    for email in known.emails:
        yield from _everywhere("e-mail", re.escape(_plain(email)), small)
    for school in known.schools:
        for wording in _wordings(school):
            yield from _everywhere("school", wording, small)
    for name in known.classes:
        if _tells(name, known):
            for span in _written(_plain(name), small):
                yield "school", *span
    for name in sorted(known.names, key=len, reverse=True):
        yield from _of_name(_plain(name), text, small)


def _everywhere(kind: str, regex: str, small: str) -> Iterator[tuple[str, int, int]]:
    for match in re.finditer(rf"(?<![^\W_])(?:{regex})(?={ENDS.pattern})", small):
        yield kind, *match.span()


def _of_name(name: str, text: str, small: str) -> Iterator[tuple[str, int, int]]:
    parts = {part for part in re.split(r"[\W_]+", name) if len(part) >= LEAST_WORD}
    for wording in {name, *(part for part in parts if not part.isdigit())}:
        for start, end in _written(wording, small):
            is_plain = wording not in _ordinary_words()
            if is_plain or _is_capital_within(text, start):
                yield "name", start, end


def _is_capital_within(text: str, start: int) -> bool:
    """Capital, though no sentence begins there."""
    before = text[:start].rstrip(" \"'(\u201c\u2018")
    return text[start].isupper() and bool(before) and before[-1] not in ".!?:\n"


def _written(name: str, small: str) -> Iterator[tuple[int, int]]:
    """Where a name stands also stretched, disguised or spaced out.

    Each sign of the text is read once for all ways to read it: a pattern would try
    them one after the other, without end where letters of the name are alike.
    """
    letters = {typed: _letters(name, typed) for typed in set(small)}
    over = 0
    for start in range(len(small)):
        is_within = start > 0 and small[start - 1].isalnum()
        end = 0 if start < over or is_within else _end(name, letters, small, start)
        if end:
            over = end
            yield start, end


def _letters(name: str, typed: str) -> tuple[int, int]:
    """Of which letters of the name this may be one, and of which one more.

    Both are sets of their places, each of which is a bit.
    """
    fits = stretches = 0
    for at, char in enumerate(name):
        is_gap = char.isspace()
        if not typed.isalnum() if is_gap else typed in DISGUISES.get(char, char):
            fits |= 1 << at
            stretches |= (is_gap or char.isalpha()) << at
    return fits, stretches


def _end(
    name: str, letters: Mapping[str, tuple[int, int]], small: str, start: int
) -> int:
    """How far the name reaches from there; 0 if it is not there."""
    may_be_apart, last = len(name) >= LEAST_APART, 1 << len(name) - 1
    # Letters up to which the name may have been read, and those with a sign behind.
    read = apart = end = 0
    for at in range(start, len(small)):
        fits, stretches = letters[small[at]]
        following = (read | apart) << 1 if at > start else 1
        apart = read if may_be_apart and small[at] in APART else 0
        read = following & fits | read & stretches
        if read & last and ENDS.match(small, at + 1):
            end = at + 1
        if not read | apart:
            break
    return end


def _wordings(school: str) -> Iterator[str]:
    """The whole name, and what is left of it without ``Primary School``."""
    words = re.findall(r"[^\W_]+", _plain(school).replace("'", ""))
    telling = [word for word in words if word not in _school_words()]
    for wording in (words, telling):
        if len("".join(wording)) >= LEAST_APART and telling:
            yield r"[\W_]*".join("'?".join(map(re.escape, word)) for word in wording)


def _tells(name: str, known: Known) -> bool:
    """Whether a class's name says which class it is: neither Maths nor 7."""
    words = re.findall(r"[^\W_]+", _plain(name))
    lesson = {_plain(word).strip(".,;:!?()") for word in known.lesson_words}
    common = _ordinary_words() | _school_words() | lesson
    return len("".join(words)) >= LEAST_WORD and not all(
        word in common or word.isdigit() for word in words
    )


def _plain(text: str) -> str:
    return "".join(map(outline, " ".join(text.split()).replace("\u2019", "'")))


@cache
def _ordinary_words() -> frozenset[str]:
    files = ("personal-ordinary-names.en.txt", "personal-not-names.en.txt")
    lines = [line for name in files for line in file_lines(name)]
    return FUNCTION_WORDS | frozenset(" ".join(lines).split())


@cache
def _school_words() -> frozenset[str]:
    return frozenset(" ".join(file_lines("personal-schools.en.txt")).split())
