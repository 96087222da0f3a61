"""Where a student's own names, addresses, school and classes stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tutor.stemmed_line import file_lines
from tutor.stems import FUNCTION_WORDS
from tutor.typed_words import outline

# What is typed for a letter; in a name of some length letters may stand apart.
DISGUISES = {"a": "a4@", "e": "e3", "i": "i1!", "l": "l1", "o": "o0", "s": "s5$"}
LEAST_APART = 4
LEAST_WORD = 2


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
            yield from _everywhere("school", _letters(_plain(name)), small)
    for name in sorted(known.names, key=len, reverse=True):
        yield from _of_name(_plain(name), text, small)


def _everywhere(kind: str, regex: str, small: str) -> Iterator[tuple[str, int, int]]:
    for match in re.finditer(rf"(?<![^\W_])(?:{regex})(?=(?:'?s)?(?![^\W_]))", small):
        yield kind, *match.span()


def _of_name(name: str, text: str, small: str) -> Iterator[tuple[str, int, int]]:
    parts = {part for part in re.split(r"[\W_]+", name) if len(part) >= LEAST_WORD}
    for wording in {name, *(part for part in parts if not part.isdigit())}:
        for kind, start, end in _everywhere("name", _letters(wording), small):
            is_plain = wording not in _ordinary_words()
            if is_plain or _is_capital_within(text, start):
                yield kind, start, end


def _is_capital_within(text: str, start: int) -> bool:
    """Capital, though no sentence begins there."""
    before = text[:start].rstrip(" \"'(\u201c\u2018")
    return text[start].isupper() and bool(before) and before[-1] not in ".!?:\n"


def _letters(name: str) -> str:
    """A pattern for a name also where it is stretched, disguised or spaced out."""
    letters = [
        r"[\W_]+"
        if char.isspace()
        else f"[{re.escape(DISGUISES.get(char, char))}]{'+' * char.isalpha()}"
        for char in re.sub(r"\s+", " ", name)
    ]
    apart = r"[ ._*-]?" if len(name) >= LEAST_APART else ""
    return apart.join(letters)


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
    return "".join(map(outline, text.strip().replace("\u2019", "'")))


@cache
def _ordinary_words() -> frozenset[str]:
    files = ("personal-ordinary-names.en.txt", "personal-not-names.en.txt")
    lines = [line for name in files for line in file_lines(name)]
    return FUNCTION_WORDS | frozenset(" ".join(lines).split())


@cache
def _school_words() -> frozenset[str]:
    return frozenset(" ".join(file_lines("personal-schools.en.txt")).split())
