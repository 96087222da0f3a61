"""Which passages of a lesson are nearest to a question: BM25 on stems."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from tutor.lesson_text import Passage
from tutor.stems import WORDS, content_stems, parts, stems

# How little a stem adds that comes again, and how much long passages are held back:
# k1 and b of BM25. Passages are sentences, of which a longer one says more.
SATURATION = 1.2
LENGTH = 0.3
# What the heading and the sentences beside it count, against the passage itself;
# and a word that is common in any text, against one that is not.
HALF = 0.5
# A lesson says what a word means where it names it first.
DEFINITION_GAIN = 0.3
LAST_LOSS = 0.1
# More telling words than these are not asked for their meaning.
MOST_DEFINED = 2

# English: "X is", "X, a", "X, which is", "is called X", "is an X."
OPENS_MEANING = frozenset(["is", "are", "means", "says", "a", "an"])
PRONOUNS = frozenset(["which", "that"])
NAMES = frozenset(["called", "call", "named", "term", "known"])
TO_BE = frozenset(["is", "are"])
# These ask, or say no more than what they are short for, as in "don't" and "I'm".
ASKING = re.compile(r"mean|means|meant|not|.*(n't|'(m|re|ve|ll|d))")


@dataclass(frozen=True)
class Ranked:
    passage: Passage
    score: float
    # Where it stands among the passages.
    place: int


@dataclass(frozen=True)
class Asked:
    """The stems of a question's words, each once, in their order."""

    stems: tuple[str, ...]
    # Those that say what is asked about.
    telling: tuple[str, ...]

    @property
    def subject(self) -> tuple[str, ...]:
        return self.telling or self.stems


def rank(
    question: str, passages: Sequence[Passage], language: str = "en"
) -> list[Ranked]:
    """The best first; a passage that shares nothing with the question is left out."""
    index = index_of(passages, language)
    asked = index.asked(question)
    scores = [index.score(asked, place) for place in range(len(passages))]
    found = [
        Ranked(passages[place], score, place)
        for place, score in enumerate(scores)
        if score
    ]
    return sorted(found, key=lambda ranked: -ranked.score)


def question_stems(question: str, language: str = "en") -> tuple[str, ...]:
    """Each once, in their order."""
    words = [part for part in parts(question) if not ASKING.fullmatch(part)]
    return tuple(dict.fromkeys(content_stems(" ".join(words), language)))


@cache
def common_stems(language: str) -> frozenset[str]:
    text = (WORDS / f"common-words.{language}.txt").read_text(encoding="utf-8")
    return frozenset(stems(text, language))


def index_of(passages: Sequence[Passage], language: str = "en") -> Index:
    return _index(tuple(passages), language)


@lru_cache(maxsize=64)
def _index(passages: tuple[Passage, ...], language: str) -> Index:
    return Index(passages, language)


class Index:
    """The stems of a lesson's passages, and what each of them weighs there."""

    def __init__(self, passages: tuple[Passage, ...], language: str) -> None:
        self.passages = passages
        self._language = language
        self._words = [parts(passage.text) for passage in passages]
        self._in_order = [stems(passage.text, language) for passage in passages]
        self._headings = [set(content_stems(p.heading, language)) for p in passages]
        self._common = common_stems(language)
        self._own = [Counter(content_stems(p.text, language)) for p in passages]
        self._holders = Counter(stem for own in self._own for stem in own)
        self._mass = [self._with_surroundings(place) for place in range(len(passages))]
        self._lengths = [sum(mass.values()) for mass in self._mass]
        self._mean_length = sum(self._lengths) / (len(passages) or 1)

    def asked(self, question: str) -> Asked:
        found = question_stems(question, self._language)
        # A word of a heading says what this lesson is about, however common it is.
        vague = self._common.difference(*self._headings)
        return Asked(found, tuple(stem for stem in found if stem not in vague))

    def beside(self, place: int) -> Iterator[int]:
        """The passages before and after it in its section."""
        for other in (place - 1, place + 1):
            if self.is_with(place, other):
                yield other

    def is_with(self, place: int, other: int) -> bool:
        """Whether there is such a passage, and under the same heading."""
        is_there = 0 <= other < len(self.passages)
        return is_there and (
            self.passages[place].heading == self.passages[other].heading
        )

    def weight(self, stem: str) -> float:
        """Its inverse document frequency; the most for one that the lesson lacks."""
        holders = self._holders[stem]
        others = len(self.passages) - holders
        idf = math.log(1 + (others + 0.5) / (holders + 0.5))
        return idf * HALF if stem in self._common else idf

    def credit(self, stem: str, place: int) -> float:
        """1 if it is in the passage, half if in its heading or beside it, else 0."""
        if stem in self._own[place]:
            return 1.0
        return HALF if stem in self._mass[place] else 0.0

    def score(self, asked: Asked, place: int) -> float:
        mass = self._mass[place]
        if not any(stem in mass for stem in asked.stems):
            return 0.0
        length = self._lengths[place] / self._mean_length
        slow = SATURATION * (1 - LENGTH + LENGTH * length)
        score = sum(
            self.weight(stem) * mass[stem] * (SATURATION + 1) / (mass[stem] + slow)
            for stem in asked.stems
            if stem in mass
        )
        if len(asked.subject) <= MOST_DEFINED and self.defines(asked.subject, place):
            score *= 1 + DEFINITION_GAIN
        return score * (1 - LAST_LOSS * place / len(self.passages))

    def defines(self, words: tuple[str, ...], place: int) -> bool:
        """Whether the passage reads as if it said what these words mean."""
        text, said = self._in_order[place], self._words[place]
        for start in range(len(text) - len(words) + 1):
            end = start + len(words)
            if tuple(text[start:end]) == words and _opens(said, start, end):
                return True
        return False

    def names(self, stem: str, place: int) -> bool:
        """Whether the heading above the passage holds this uncommon word."""
        return stem in self._headings[place] and stem not in self._common

    def _with_surroundings(self, place: int) -> dict[str, float]:
        mass: dict[str, float] = dict(self._own[place])
        for stem in self._headings[place]:
            mass[stem] = mass.get(stem, 0) + HALF
        for other in self.beside(place):
            for stem, times in self._own[other].items():
                mass[stem] = mass.get(stem, 0) + HALF * times
        return mass


def _opens(words: list[str], start: int, end: int) -> bool:
    """Whether what stands from start to end is explained around it."""
    before, after = words[max(0, start - 3) : start], words[end : end + 2]
    if OPENS_MEANING.intersection(after[:1]) or NAMES.intersection(before):
        return True
    if len(after) == 2 and after[0] in PRONOUNS and after[1] in TO_BE:
        return True
    return not after and bool(TO_BE.intersection(before[-2:]))
