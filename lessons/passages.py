"""Keys of passages: from their words, and kept when the words change."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# Below this share of common text, a sentence is another one, not a changed one.
LEAST_LIKENESS = 0.6


@dataclass(frozen=True)
class PassageText:
    key: str
    text: str
    section: str
    line: int = 0
    # Rows of a table are read in cells, not as sentences.
    is_row: bool = False


@dataclass(frozen=True)
class KnownPassage:
    """A passage as the last load left it."""

    key: str
    text: str
    section: str
    aliases: tuple[str, ...] = ()


def normalised(text: str) -> str:
    """The text without what does not make it another sentence."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def short_hash(text: str, length: int = 6) -> str:
    return hashlib.sha256(normalised(text).encode()).hexdigest()[:length]


def keys(section: str, texts: Iterable[str]) -> list[str]:
    """A key for each text; one that comes again in its section gets a number."""
    made: list[str] = []
    for text in texts:
        first = key = f"{section}-{short_hash(text)}"
        number = 1
        while key in made:
            number += 1
            key = f"{first}-{number}"
        made.append(key)
    return made


def aliases(
    old: Sequence[KnownPassage], new: Sequence[PassageText]
) -> dict[str, list[str]]:
    """For each new passage the keys it used to have, latest first.

    A passage that stands unchanged keeps its aliases. The others of a section
    are paired one to one, the most alike first.
    """
    current = {passage.key for passage in new}
    before = {passage.key: passage for passage in old}
    found: dict[str, list[str]] = {
        key: list(before[key].aliases) for key in current & before.keys()
    }
    gone = [passage for passage in old if passage.key not in current]
    fresh = [passage for passage in new if passage.key not in before]
    for was, now in _pairs(gone, fresh):
        found[now.key] = [was.key, *was.aliases]
    return _without_repeats(found, [p.key for p in new])


def _pairs(
    gone: Sequence[KnownPassage], fresh: Sequence[PassageText]
) -> Iterable[tuple[KnownPassage, PassageText]]:
    likeness = [
        (share, -i, -j)
        for i, was in enumerate(gone)
        for j, now in enumerate(fresh)
        if was.section == now.section
        and (share := _likeness(was.text, now.text)) >= LEAST_LIKENESS
    ]
    taken: set[tuple[str, int]] = set()
    for _, i, j in sorted(likeness, reverse=True):
        if ("gone", i) not in taken and ("fresh", j) not in taken:
            taken |= {("gone", i), ("fresh", j)}
            yield gone[-i], fresh[-j]


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, normalised(one), normalised(other), autojunk=False)
    if matcher.real_quick_ratio() < LEAST_LIKENESS:
        return 0.0
    return matcher.ratio()


def _without_repeats(
    found: Mapping[str, list[str]], order: Sequence[str]
) -> dict[str, list[str]]:
    # An id may stand once in a page: a key in use now is nobody's alias.
    seen = set(order)
    kept: dict[str, list[str]] = {}
    for key in order:
        kept[key] = []
        for alias in found.get(key, ()):
            if alias not in seen:
                kept[key].append(alias)
                seen.add(alias)
    return {key: names for key, names in kept.items() if names}
