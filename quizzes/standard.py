"""The standard that lessons and quizzes are measured by: every bar, and only here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class TierBars:
    questions: tuple[int, int]
    words: tuple[int, int]
    # By Flesch and Kincaid.
    grade: float
    # Words in a sentence: on average, and in the longest.
    mean_sentence: float
    longest_sentence: int


@dataclass(frozen=True)
class Bars:
    tiers: Mapping[str, TierBars]
    kinds: int
    single_share: float
    # Right answers by always picking the longest option.
    longest_in_bank: float
    longest_in_quiz: float
    # Quizzes with fewer single questions say too little about it.
    fewest_for_longest: int
    # What the best guess may gain over blind drawing.
    gain_by_guessing: float
    # Below this, the places of the right answers are not even.
    evenness: float
    # The longest option may be this many times as long as the shortest,
    # where they have more characters than `short_option`.
    length_factor: float
    short_option: int
    # A sentence of this many words stands in one lesson only.
    repeated_words: int


STANDARD = Bars(
    tiers={
        "explorers": TierBars((6, 8), (250, 450), 4.0, 11, 25),
        "builders": TierBars((8, 10), (450, 750), 6.5, 14, 30),
        "creators": TierBars((10, 15), (700, 1200), 9.5, 17, 35),
    },
    kinds=3,
    single_share=0.6,
    longest_in_bank=0.3,
    longest_in_quiz=0.5,
    fewest_for_longest=6,
    gain_by_guessing=0.05,
    evenness=0.05,
    length_factor=1.6,
    short_option=12,
    repeated_words=8,
)
