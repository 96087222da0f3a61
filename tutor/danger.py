"""Signs of self-harm, abuse or other danger in what a student typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from tutor.sign_patterns import Line, Pattern, Patterns, pattern, sections
from tutor.stemmed_line import stemmed
from tutor.typed_words import readings

FILES = [f"danger-{name}.en.txt" for name in ("self-harm", "abuse", "other")]
HARMLESS = "danger-harmless.en.txt"
QUOTED = re.compile(r'"[^"]{3,}"|\u201c[^\u201d]{3,}\u201d|\u00ab[^\u00bb]{3,}\u00bb')
SENTENCE = re.compile(r"[^.]*\. ")


class Kind(StrEnum):
    SELF_HARM = "self-harm"
    ABUSE = "abuse"
    OTHER = "other-danger"


@dataclass(frozen=True)
class Danger:
    kind: Kind
    # Then whoever looks after the child at home must not be the one who is told.
    names_adult_at_home: bool = False


@dataclass(frozen=True)
class Signs:
    """Patterns that mean the same, and where they mean it."""

    patterns: Patterns
    kind: Kind
    is_at_home: bool
    is_meant_in_stories: bool
    is_meant_in_games: bool
    is_meant_of_anyone: bool


def noticed(text: str) -> Danger | None:
    """The gravest sign in a text, however it was disguised, or nothing."""
    found = [danger for reading in readings(text) for danger in _found(reading)]
    if not found:
        return None
    kind = min((danger.kind for danger in found), key=list(Kind).index)
    return Danger(kind, any(danger.names_adult_at_home for danger in found))


def _found(reading: str) -> Iterator[Danger]:
    line = _without_idioms(Line.of(stemmed(_without_quotes(reading)) + ". "))
    no_game = _without_sentences("games", line)
    no_story = _without_sentences("stories", no_game)
    is_of_others = _is_of_others(line)
    for signs in _all_signs():
        if is_of_others and not signs.is_meant_of_anyone:
            continue
        where = line if signs.is_meant_in_games else no_game
        where = where if signs.is_meant_in_stories else no_story
        if any(signs.patterns.standing_in(where)):
            # He who "hits me" is most likely he who was named.
            is_named = signs.kind == Kind.ABUSE and _one("named").stands_in(line)
            yield Danger(signs.kind, signs.is_at_home or is_named)


@cache
def _all_signs() -> list[Signs]:
    return [
        Signs(
            patterns,
            Kind(heading.split(",")[0].split(" ")[0]),
            " at home" in heading,
            "even in a story" in heading,
            "even in a game" in heading,
            "even of anyone" in heading,
        )
        for name in FILES
        for heading, patterns in sections(name).items()
    ]


def _without_idioms(line: Line) -> Line:
    """The line with ``_`` for what only sounds like danger."""
    idioms = sections(HARMLESS)["idioms"].standing_in(line)
    return Line.of(_blanked(line.text, idioms))


def _without_sentences(of: str, line: Line) -> Line:
    """The line without the sentences that tell of games or stories."""
    telling = list(sections(HARMLESS)[of].standing_in(line))
    if not telling:
        return line
    kept = [
        sentence
        for sentence in map(Line.of, SENTENCE.findall(line.text))
        if not any(each.stands_in(sentence) for each in telling)
    ]
    return Line.of("".join(sentence.text for sentence in kept))


def _is_of_others(line: Line) -> bool:
    """Whether it asks or tells of a story, and of nobody near."""
    stories = list(sections(HARMLESS)["stories"].standing_in(line))
    asks = any(sections(HARMLESS)["asked of others"].standing_in(line))
    # In "my book", who types is not told of.
    rest = Line.of(_blanked(line.text, stories))
    return (asks or bool(stories)) and not _one("teller").stands_in(rest)


def _blanked(text: str, patterns: Iterable[Pattern]) -> str:
    for each in patterns:
        text = each.blank_in(text)
    return text


@cache
def _one(of: str) -> Pattern:
    """Any word or phrase of a class."""
    return pattern(f"<{of}>")


def _without_quotes(text: str) -> str:
    """Without what others say in a story, or a word that is asked about."""
    rest = QUOTED.sub(" ", text)
    line = Line.of(stemmed(rest) + ". ")
    return text if _without_sentences("stories", line) == line else rest
