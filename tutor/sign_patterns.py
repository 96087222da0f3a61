"""Patterns of words by their stems, written as danger-self-harm.en.txt says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from tutor.sign_parts import Part, Ways, compiled, joined, parts_of
from tutor.stemmed_line import file_lines, stemmed
from tutor.stems import FUNCTION_WORDS

COMMON = FUNCTION_WORDS | frozenset(stemmed("want say tell like go get make").split())


class Line(NamedTuple):
    """A text as `stemmed_line` writes it, and its words."""

    text: str
    words: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Line:
        return cls(text, frozenset(text.split()))


@dataclass(frozen=True)
class Pattern:
    source: str
    # All of them must stand in a text, in any order.
    pieces: tuple[Part, ...]
    # A text that has none of these needs no slower look.
    needed: tuple[Ways, ...]

    def stands_in(self, line: Line) -> bool:
        if not all(any(way <= line.words for way in ways) for ways in self.needed):
            return False
        return all(piece.stands_in(line.text) for piece in self.pieces)

    def blank_in(self, text: str) -> str:
        """The text with ``_`` in place of the pattern."""
        for piece in self.pieces:
            text = compiled(piece.regex).sub("_ ", text)
        return text

    @property
    def rarest(self) -> list[str]:
        """The words of which one is needed and which the fewest texts have."""
        telling = [[min(way, key=_commonness) for way in ways] for ways in self.needed]
        return min(telling, key=lambda words: sum(_commonness(w)[0] for w in words))


def _commonness(word: str) -> tuple[int, str]:
    return (50 if word in COMMON else 1), word


class Patterns:
    """Patterns, found quickly by the words that each of them needs."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self.by_word: dict[str, dict[int, Pattern]] = {}
        for place, each in enumerate(patterns):
            for word in each.rarest:
                self.by_word.setdefault(word, {})[place] = each

    def standing_in(self, line: Line) -> Iterator[Pattern]:
        """Those that stand in a line, in the order of their file."""
        possible: dict[int, Pattern] = {}
        for word in line.words & self.by_word.keys():
            possible |= self.by_word[word]
        for _, each in sorted(possible.items()):
            if each.stands_in(line):
                yield each


@cache
def sections(name: str) -> dict[str, Patterns]:
    """The patterns of a file under the [headings] that they stand below."""
    found: dict[str, list[Pattern]] = {}
    for line in file_lines(name):
        if line.startswith("["):
            under = found.setdefault(line.strip("[]"), [])
        else:
            under.append(pattern(line))
    return {heading: Patterns(patterns) for heading, patterns in found.items()}


def pattern(source: str) -> Pattern:
    """Raises ValueError where a line is not written as patterns are."""
    all_parts = [parts_of(piece) for piece in source.split(" & ")]
    pieces = tuple(joined(parts) for parts in all_parts)
    must = [part for parts in all_parts for part in parts if not part.may_be_missing]
    needed = [part.ways for part in must if part.ways]
    if not needed:
        raise ValueError(f"There is no word that must be there: {source}")
    return Pattern(source, pieces, tuple(needed))
