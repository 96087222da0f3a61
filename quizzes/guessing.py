"""How far someone gets in a quiz without having read the lesson."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lessons.sentences import words

# Options with such a word are seldom right, so a careful guesser avoids them.
ABSOLUTE = frozenset(
    [
        *("all", "always", "anybody", "anyone", "anything", "any", "completely"),
        *("entirely", "every", "everybody", "everyone", "everything", "fully"),
        *("must", "never", "no", "nobody", "none", "nothing", "only", "totally"),
    ]
)


@dataclass(frozen=True)
class Offer:
    """What someone who has not read the lesson sees of a question."""

    stem: str
    options: tuple[str, ...]
    right: int


Guess = Callable[[Offer], Sequence[float]]


def _longest(offer: Offer) -> list[float]:
    return [len(option) for option in offer.options]


def _shortest(offer: Offer) -> list[float]:
    return [-len(option) for option in offer.options]


def _most_words_of_the_stem(offer: Offer) -> list[float]:
    stem = set(words(offer.stem.lower()))
    return [len(stem & set(words(option.lower()))) for option in offer.options]


def _without_absolute(offer: Offer) -> list[float]:
    free = [not ABSOLUTE & set(words(option.lower())) for option in offer.options]
    # Says something only where a single option stands out.
    return [float(is_free and sum(free) == 1) for is_free in free]


def _first(offer: Offer) -> list[float]:
    return [-place for place in range(len(offer.options))]


def _last(offer: Offer) -> list[float]:
    return list(range(len(offer.options)))


LONGEST = "the longest option"
GUESSES: dict[str, Guess] = {
    LONGEST: _longest,
    "the shortest option": _shortest,
    "the option with most words of the stem": _most_words_of_the_stem,
    "the only option without an absolute word": _without_absolute,
    "the first option": _first,
    "the last option": _last,
}


def share_right(offers: Sequence[Offer], guess: Guess) -> float:
    """The share of questions that a guess gets right; among equals it draws."""
    if not offers:
        return 0.0
    return float(sum(_chance(offer, guess) for offer in offers) / len(offers))


def _chance(offer: Offer, guess: Guess) -> Fraction:
    marks = guess(offer)
    best = max(marks)
    if marks[offer.right] < best:
        return Fraction(0)
    return Fraction(1, list(marks).count(best))


def longest_share(offers: Sequence[Offer]) -> float:
    return share_right(offers, _longest)


def shares(offers: Sequence[Offer]) -> dict[str, float]:
    """The share of right answers by each guess."""
    return {name: share_right(offers, guess) for name, guess in GUESSES.items()}


def chance(offers: Sequence[Offer]) -> float:
    """What blind drawing gets right."""
    if not offers:
        return 0.0
    return sum(1 / len(offer.options) for offer in offers) / len(offers)


def evenness(offers: Iterable[Offer]) -> float:
    """How likely places as uneven as these are by chance (chi-square)."""
    by_size: dict[int, Counter[int]] = defaultdict(Counter)
    for offer in offers:
        by_size[len(offer.options)][offer.right] += 1
    statistic, freedom = 0.0, 0
    for size, places in by_size.items():
        expected = places.total() / size
        statistic += sum((places[p] - expected) ** 2 for p in range(size)) / expected
        freedom += size - 1
    return chi_square_tail(statistic, freedom) if freedom else 1.0


def chi_square_tail(statistic: float, freedom: int) -> float:
    """The probability of this chi-square or a greater one."""
    half = statistic / 2
    if freedom % 2 == 0:
        terms = (half**k / math.factorial(k) for k in range(freedom // 2))
        return math.exp(-half) * sum(terms)
    tail = math.erfc(math.sqrt(half))
    term = math.sqrt(half / math.pi) * 2 * math.exp(-half)
    for k in range(1, (freedom - 1) // 2 + 1):
        tail += term
        term *= statistic / (2 * k + 1)
    return tail
