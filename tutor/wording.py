"""The words of a text, and what is needed to compare them with those of another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from tutor.stems import FUNCTION_WORDS, WORDS, stems

# One sign for another, so that places in the text stay what they are.
SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032`\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    }
)
WORD = re.compile(r"\d+(?:[.,]\d+)*\w*|[^\W_]+(?:'[^\W_]+)*")
ENDS_PHRASE = re.compile(r"[,;:.!?](?!\d)|[()\[\]\u2026]|\s-+\s|--")
STARTS_AFTER = re.compile(r"[.!?:;(\[\"\u2026]|(?:^|\s)'")
# British spellings with those of America.
SPELLINGS = [
    (re.compile(r"(?<=[^aeiou])re(?=s?$)"), "er"),
    (re.compile(r"(?<=..)our"), "or"),
    (re.compile(r"(?<=...)is(?=e[ds]?$|ing$|ation)"), "iz"),
]
# Words behind which a "not" before them says nothing any more,
TURNS = frozenset(
    [
        *("but", "because", "if", "when", "while", "where", "which", "who", "whose"),
        *("that", "than", "so", "since", "though", "although", "what", "how", "why"),
    ]
)
# and those behind which it goes on.
JOINTS = frozenset(["and", "or", "nor"])


@dataclass(frozen=True)
class Word:
    text: str
    # In small letters, without 's.
    plain: str
    stem: str
    # How far a "not" reaches on,
    phrase: int
    # and how far back.
    part: int
    # After a full stop or the like, where a capital letter says nothing.
    is_first: bool
    # Neither a number, a negation nor a word without a meaning of its own.
    is_content: bool

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()


Words = Sequence[Word]


def one_spaced(text: str) -> str:
    return " ".join(text.split())


def plain(text: str) -> str:
    """One kind of space, quotation mark and dash."""
    return one_spaced(text).translate(SIGNS)


def unified(text: str, language: str) -> str:
    """Contractions taken apart, and set phrases as the word they stand for."""
    phrases, pattern = _phrases(language)
    return pattern.sub(lambda m: f" {phrases[m.group().casefold()]} ", plain(text))


def read(text: str, language: str) -> list[Word]:
    """The words in their order, with what means the same written one way."""
    text = unified(text, language)
    found: list[Word] = []
    phrase, part, end = 0, 0, 0
    for match in WORD.finditer(text):
        gap, end = text[end : match.start()], match.end()
        word = match.group().removesuffix("'s")
        small = word.casefold()
        is_turn = bool(ENDS_PHRASE.search(gap)) or small in TURNS
        phrase += is_turn
        part += is_turn or small in JOINTS
        is_first = not found or bool(STARTS_AFTER.search(gap))
        is_content = not (small[0].isdigit() or small in _empty(language))
        root = stem(small, language)
        found.append(Word(word, small, root, phrase, part, is_first, is_content))
    return found


@lru_cache(maxsize=4096)
def stem(word: str, language: str) -> str:
    word = _irregular(language).get(word, word)
    for spelling, instead in SPELLINGS:
        word = spelling.sub(instead, word)
    return next(iter(stems(word, language)), word)


@cache
def listed(name: str, language: str) -> list[str]:
    """The lines of a word list."""
    path = WORDS / f"{name}.{language}.txt"
    return path.read_text(encoding="utf-8").splitlines()


@cache
def word_set(name: str, language: str) -> frozenset[str]:
    return frozenset(word for line in listed(name, language) for word in line.split())


@cache
def equations(name: str, language: str) -> dict[str, str]:
    """A word list with lines such as ``two = 2``, whose right side may be empty."""
    parts = [line.partition(" =") for line in listed(name, language)]
    return {left: right.strip() for left, _, right in parts}


@cache
def _empty(language: str) -> frozenset[str]:
    """Words without a meaning of their own, or with one that has its own rule."""
    numbers = equations("number-words", language)
    return FUNCTION_WORDS.union(numbers, word_set("negations", language))


@cache
def _phrases(language: str) -> tuple[dict[str, str], re.Pattern[str]]:
    phrases = equations("equal-phrases", language)
    # "n't" and "'re" end a word, the others are words.
    kinds = [
        re.escape(phrase) if "'" in phrase[:2] else rf"\b{re.escape(phrase)}"
        for phrase in phrases
    ]
    return phrases, re.compile(rf"(?:{'|'.join(kinds)})\b", re.IGNORECASE)


@cache
def _irregular(language: str) -> dict[str, str]:
    lines = [line.split() for line in listed("irregular-forms", language)]
    return {form: base for base, *forms in lines for form in forms}


def stems_of(words: Words) -> set[str]:
    return {word.stem for word in words}


def in_order(wanted: Iterable[str], given: Iterable[str]) -> bool:
    """Whether all that is wanted is given in the same order, others between them."""
    rest = iter(given)
    return all(any(one == other for other in rest) for one in wanted)
