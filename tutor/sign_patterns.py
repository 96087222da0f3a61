"""Patterns of words by their stems, written as danger-self-harm.en.txt says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from tutor.stemmed_line import file_lines, stemmed
from tutor.stems import FUNCTION_WORDS

TOKEN = re.compile(r"[!-]\(|[()?|^$]|\.{2,3}|___|<\w+>|\w+")
ANY, OTHERS = "[^ .]+ ", "(?!(?:i|me|my|us|we) )[^ .]+ "
SIGNS = {
    "..": f"(?:{ANY}){{0,2}}",
    "...": f"(?:{ANY}){{0,6}}",
    "___": f"(?:{OTHERS}){{0,6}}",
    "^": r"(?:^|(?<=\. ))",
    "$": r"(?=\. )",
}
COMMON = FUNCTION_WORDS | frozenset(stemmed("want say tell like go get make").split())


# Words that a text must have, in one of several ways.
Ways = tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Part:
    """A piece of a pattern, and the words it needs unless that is open."""

    regex: str
    ways: Ways = ()
    may_be_missing: bool = False


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
    pieces: tuple[str, ...]
    # A text that has none of these needs no slower look.
    needed: tuple[Ways, ...]

    @cached_property
    def regexes(self) -> list[re.Pattern[str]]:
        return [re.compile("(?<![^ ])" + piece) for piece in self.pieces]

    def stands_in(self, line: Line) -> bool:
        for ways in self.needed:
            if not any(way <= line.words for way in ways):
                return False
        return all(regex.search(line.text) for regex in self.regexes)

    @property
    def rarest(self) -> list[str]:
        """The words of which one is needed and which the fewest texts have."""
        wordings = [[min(way, key=_commonness) for way in ways] for ways in self.needed]
        return min(wordings, key=lambda words: sum(_commonness(w)[0] for w in words))


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
    all_parts = [_parts(piece) for piece in source.split(" & ")]
    pieces = ["".join(part.regex for part in parts) for parts in all_parts]
    must = [part for parts in all_parts for part in parts if not part.may_be_missing]
    needed = [part.ways for part in must if part.ways]
    if not needed:
        raise ValueError(f"There is no word that must be there: {source}")
    return Pattern(source, tuple(pieces), tuple(needed))


def _parts(source: str) -> list[Part]:
    tokens = TOKEN.findall(source)
    parts = list(_sequence(tokens))
    if tokens or TOKEN.sub("", source).strip():
        raise ValueError(f"This is not how signs are written: {source}")
    return parts


def _sequence(tokens: list[str], *, is_phrase: bool = False) -> Iterator[Part]:
    """The parts up to the end of the tokens, or of the phrase in brackets."""
    while tokens and tokens[0] not in (")", "|"):
        part = _one(tokens) if is_phrase else _choice(tokens)
        if tokens and tokens[0] == "?":
            tokens.pop(0)
            part = Part(f"(?:{part.regex})?", may_be_missing=True)
        yield part


def _choice(tokens: list[str]) -> Part:
    """One of the words with bars between; in brackets bars part whole phrases."""
    choices = [_one(tokens)]
    while tokens[:1] == ["|"]:
        tokens.pop(0)
        choices.append(_one(tokens))
    return _one_of(choices)


def _one(tokens: list[str]) -> Part:
    piece = tokens.pop(0)
    if piece == "!(":
        return Part(f"(?!{_phrases(tokens).regex})")
    if piece == "-(":
        words = sorted(word for way in _phrases(tokens).ways for word in way)
        return Part("".join(f"(?<!{word} )" for word in words))
    if piece == "(":
        return _phrases(tokens)
    return Part(SIGNS[piece]) if piece in SIGNS else _word(piece)


def _phrases(tokens: list[str]) -> Part:
    choices = [_joined(list(_sequence(tokens, is_phrase=True)))]
    while tokens.pop(0) == "|":
        choices.append(_joined(list(_sequence(tokens, is_phrase=True))))
    return _one_of(choices)


def _word(token: str) -> Part:
    if token.startswith("<"):
        return _class(token[1:-1])
    words = stemmed(token.replace("_", " "))
    return Part(words, (frozenset(words.split()),))


@cache
def _class(name: str) -> Part:
    entries = dict(line.split(": ", 1) for line in file_lines("danger-classes.en.txt"))
    return _one_of([_joined(_parts(phrase)) for phrase in entries[name].split(", ")])


def _joined(parts: list[Part]) -> Part:
    regex = "".join(part.regex for part in parts)
    must = [part.ways for part in parts if part.ways and not part.may_be_missing]
    single = [ways[0] for ways in must if len(ways) == 1]
    if single:
        return Part(regex, (frozenset[str]().union(*single),))
    return Part(regex, must[0] if must else ())


def _one_of(choices: list[Part]) -> Part:
    if len(choices) == 1:
        return choices[0]
    # Without the doubles that spelling brings about.
    regex = "|".join(dict.fromkeys(choice.regex for choice in choices))
    if not all(choice.ways for choice in choices):
        return Part(f"(?:{regex})")
    ways = dict.fromkeys(way for choice in choices for way in choice.ways)
    return Part(f"(?:{regex})", tuple(ways))
