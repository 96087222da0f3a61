"""Words that turn a meaning or widen it, which a claim may only take from its quote."""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import cache

from tutor.alignment import Alignment
from tutor.wording import Words, listed, stem, stems_of

Sides = tuple[frozenset[str], frozenset[str]]
PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non", "mis")
# Shorter words are mostly something else behind a prefix: "put" and "input".
LEAST_LETTERS = 4


def turns(texts: Alignment, language: str) -> bool:
    """Whether a word of the claim is opposed to one of the quote in its place."""
    pairs = [(texts.claim, texts.quote), *texts.replaced()]
    if any(opposed(stems_of(one), stems_of(other), language) for one, other in pairs):
        return True
    said, source = [{w.plain for w in words} for words in pairs[0]]
    new = said - source
    return bool(_denied(new) & source or new & _denied(source))


def opposed(said: Set[str], source: Set[str], language: str) -> bool:
    for sides in _table("opposites", language):
        ours = [bool(said & side) for side in sides]
        theirs = [bool(source & side) for side in sides]
        if any(ours) and any(theirs) and not any(map(min, ours, theirs)):
            return True
    return False


def widens(claim: Words, quote: Words, language: str) -> bool:
    """Whether the claim says "all", "only" or the like, and its quote does not."""
    said, source = stems_of(claim), stems_of(quote)
    return any(
        said & limits and not source & (limits | others)
        for limits, others in _table("limits", language)
    )


def same_meaning(stems: Set[str], language: str) -> set[str]:
    """These stems and those that mean the same."""
    alike = [line for line, _ in _table("synonyms", language) if line & stems]
    return set(stems).union(*alike)


def _denied(words: Iterable[str]) -> set[str]:
    long = [word for word in words if len(word) >= LEAST_LETTERS]
    return {prefix + word for prefix in PREFIXES for word in long}


@cache
def _table(name: str, language: str) -> list[Sides]:
    """The stems of a word list: of each line the two sides of its bar."""
    rows = [line.partition("|") for line in listed(name, language)]
    return [(_stems(one, language), _stems(other, language)) for one, _, other in rows]


def _stems(words: str, language: str) -> frozenset[str]:
    return frozenset(stem(word, language) for word in words.split())
