"""A text as one line of stems, with children's spelling mended: what patterns read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from quizzes.spelling import distance
from tutor.stems import FUNCTION_WORDS, WORDS, stems

# Dots in a row end no sentence: children pause with them.
TOKEN = re.compile(
    r"\d+(?=kg|kilo|lbs|cal|kcal|yr|yo)|[a-z0-9][a-z0-9'*]*|[!?;:\n]|(?<!\.)\.(?!\.)"
)
# One of them is enough where words are written without spaces.
GRAVE = frozenset({"myself", "yourself", "kill", "suicide"})
SELF = re.compile(r"\b(my|your|him|her|them) self ")
APOSTROPHES = str.maketrans("\u2019\u2018\u02bc\u00b4`", "'''''")
# Without their apostrophe they are other words, but for what follows.
VERB = (
    "be|come|die|do|find|get|go|have|hit|hurt|just|kill|leave|make|never|not|only|"
    "post|probably|put|rather|run|say|see|send|shoot|show|stab|take|tell|want"
)
WILL = re.compile(rf"\b(i|he|she|we)ll (?=(?:{VERB})\b)")
WOULD = re.compile(rf"\b(i|we)d (?=(?:{VERB})\b)")
# As long as "i" and a word.
LEAST_RUN_TOGETHER = 5
# As long as three short words.
LEAST_SEVERAL = 8
# Longer than any word; and the most letters of a known one.
LEAST_SENTENCE, LONGEST = 16, 14
# What a letter of no known word costs, where a known word costs one.
STRAY, NEVER = 3, 1000
# Shorter words are too near to others.
LEAST_MENDED = 5


def file_lines(name: str) -> Iterator[str]:
    """Lines of a file of words, without comments and empty ones."""
    for line in (WORDS / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def stemmed(text: str) -> str:
    """Stems of the words with a space behind each; a full stop ends a sentence."""
    found: list[str] = []
    text = WILL.sub(r"\1 will ", text.translate(APOSTROPHES))
    for token in TOKEN.findall(WOULD.sub(r"\1 would ", text)):
        if token[0].isalnum():
            found += _stems_of(token)
        elif found and found[-1] != ".":
            found.append(".")
    return SELF.sub(r"\1self ", "".join(f"{stem} " for stem in found))


@cache
def _spellings() -> dict[str, str]:
    lines = [line.split(": ", 1) for line in file_lines("danger-spellings.en.txt")]
    return {also: meant for meant, others in lines for also in others.split()}


@cache
def _known() -> frozenset[str]:
    """Every word that a pattern has."""
    texts = [path.read_text() for path in WORDS.glob("danger-*.en.txt")]
    words = {word for text in texts for word in re.findall(r"[a-z]+", text)}
    short = {word for word in words if len(word) < 3} - FUNCTION_WORDS
    return frozenset(words - short | FUNCTION_WORDS) - {"s", "t"}


@cache
def _worth_mending() -> dict[str, list[str]]:
    """Longer known words under what is left of them without one letter."""
    found: dict[str, list[str]] = {}
    for word in sorted(_known()):
        for short in _shortened(word) if len(word) >= LEAST_MENDED else ():
            found.setdefault(short, []).append(word)
    return found


def _shortened(word: str) -> set[str]:
    """The word and what is left of it without one of its letters, but the first."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(1, len(word)))}


@cache
def _known_stems() -> frozenset[str]:
    return frozenset(stem for word in _known() for stem in stems(word))


def _is_known(word: str) -> bool:
    return word in _known() or not _known_stems().isdisjoint(stems(word))


@lru_cache(maxsize=4096)
def _mended(token: str) -> str:
    """The words that are meant; itself where nothing is to be mended."""
    spellings = _spellings()
    bare = token.strip("'*") or token
    for word in (token, bare, bare.removesuffix("'s"), bare.replace("'", "")):
        if word in spellings:
            return spellings[word]
    if bare.endswith("'s"):
        return f"{bare[:-2]} s"
    word = bare.replace("'", "")
    if len(word) > 3 and word.endswith("s") and word[:-1] in spellings:
        return spellings[word[:-1]]
    if re.search(r"(.)\1\1", word):
        return _without_stretching(word)
    if len(word) >= LEAST_RUN_TOGETHER and not _is_known(word):
        return _apart(word) or _nearest(word)
    return word if len(word) < LEAST_MENDED or _is_known(word) else _nearest(word)


def _nearest(word: str) -> str:
    """The known word that this is a misspelling of, or itself."""
    near = {w for short in _shortened(word) for w in _worth_mending().get(short, ())}
    for other in sorted(near):
        if distance(word, other, 1) < 2:
            return _spellings().get(other, other)
    return word


def _without_stretching(word: str) -> str:
    """``diiie`` and ``killll`` as they are meant."""
    short = re.sub(r"(.)\1+", r"\1", word)
    for other in (re.sub(r"(.)\1{2,}", r"\1\1", word), short):
        if other in _spellings() or other in _known():
            return _mended(other)
    return short


def _apart(word: str) -> str:
    """Words that are written without spaces, if one is grave or they are many.

    Where much is written at once, some letters may belong to no known word.
    """
    stray = STRAY if len(word) >= LEAST_SENTENCE else NEVER
    ways: list[tuple[int, list[str]]] = [(0, [])]
    for end in range(1, len(word) + 1):
        cost, pieces = ways[-1]
        best = cost + stray, [*pieces, word[end - 1]]
        for start in range(max(0, end - LONGEST), end):
            cost, pieces = ways[start]
            if cost + 1 < best[0] and _is_piece(word[start:end]):
                best = cost + 1, [*pieces, word[start:end]]
        ways.append(best)
    cost, pieces = ways[-1]
    # At most one letter in six is of no known word.
    is_split = cost < NEVER and cost - len(pieces) <= (STRAY - 1) * len(word) / 6
    is_long = len(pieces) > 2 and len(word) >= LEAST_SEVERAL
    is_meant = is_long or pieces[0] == "i" or not GRAVE.isdisjoint(pieces)
    return " ".join(pieces) if is_split and is_meant else ""


def _is_piece(word: str) -> bool:
    if word in _known() or word in _spellings():
        return True
    return len(word) > 3 and word.endswith("s") and word[:-1] in _known()


@lru_cache(maxsize=4096)
def _stems_of(token: str) -> tuple[str, ...]:
    meant = _mended(token)
    again = [_spellings().get(word, word) for word in meant.split()]
    return tuple(stem for words in again for stem in stems(words) or [words])
