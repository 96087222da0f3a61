"""Whether typed words are the ones asked for, as far as spelling is forgiven."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

APOSTROPHES = dict.fromkeys(
    map(ord, "`\u00b4\u02b9\u02bc\u2018\u2019\u201a\u201b\u2032"), "'"
)
QUOTES = dict.fromkeys(map(ord, "«»“”„‟\u2033\u2039\u203a"), '"')
MINUS = "\u2212"
# Letters that Unicode does not take apart; the one in digits has no dot.
LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th"}
    | {"ħ": "h", "\u0131": "i", "ł": "l", "ŧ": "t"}
)
OPENING = "\"'([{¡¿「『《〈【"
CLOSING = "\"')]}.,;:!?。、؟،」』》〉】"
JOINING = " -"
# Up to here a sign is a letter; beyond, a syllable or a word.
LAST_LETTER = "\u2e7f"


@dataclass(frozen=True)
class Verdict:
    """What became of a typed text."""

    given: str
    is_right: bool
    # How it is spelt, or would have been.
    right: str
    why: str = ""
    is_forgiven: bool = False
    # What counts as right beside the first, for the answer key.
    others: tuple[str, ...] = ()


def judge(given: str, words: Mapping[str, Any]) -> Verdict:
    """Whether a text is one of the `answers` of `words`.

    Spelling is forgiven unless the text is as near to a word listed as wrong.
    """
    first, text = words["answers"][0], folded(given)
    answers = {folded(answer): answer for answer in words["answers"]}
    wrong = {folded(word["text"]): word["why"] for word in words["wrong"]}
    wrong = {word: why for word, why in wrong.items() if word not in answers}
    if not text or text in answers:
        return Verdict(given, bool(text), first)
    if text in wrong or not words["forgiving"]:
        return Verdict(given, False, first, wrong.get(text, ""))
    near, edits = _nearest(text, answers)
    if near and all(distance(text, word, edits) > edits for word in wrong):
        return Verdict(given, True, answers[near], is_forgiven=True)
    return Verdict(given, False, first, wrong.get(_nearest(text, wrong)[0], ""))


def _nearest(text: str, words: Iterable[str]) -> tuple[str, int]:
    """The word that this may be a misspelling of, and the edits between them."""
    found, least = "", 0
    for word in words:
        most = forgiven_edits(word)
        edits = distance(text, word, most)
        if edits <= most and (not found or edits < least):
            found, least = word, edits
    return found, least


def forgiven_edits(word: str) -> int:
    """How many edits away a text still counts as this folded word."""
    letters = sum(char.isalpha() and char <= LAST_LETTER for char in word)
    if letters < 4:
        return 0
    return 1 if letters < 8 else 2


def distance(one: str, other: str, most: int) -> int:
    """Letters to add, drop, change or swap with a neighbour; no digits.

    Any number above `most` says that there are more than that.
    """
    parts = [re.split(r"(-?\d+)", text) for text in (one, other)]
    if parts[0][1::2] != parts[1][1::2]:
        return most + 1
    pairs = zip(parts[0][::2], parts[1][::2], strict=True)
    return sum(_edits(one, other, most) for one, other in pairs)


def _edits(one: str, other: str, most: int) -> int:
    """The Damerau-Levenshtein distance, near its diagonal only."""
    older, old = [0], list(range(len(other) + 1))
    for i, char in enumerate(one, 1):
        new = [i] + [most + 1] * len(other)
        for j in range(max(1, i - most), min(len(other), i + most) + 1):
            edits = old[j - 1] + (char != other[j - 1])
            if i > 1 < j and one[i - 2] + char == other[j - 1] + other[j - 2]:
                edits = min(edits, older[j - 2] + 1)
            new[j] = min(edits, old[j] + 1, new[j - 1] + 1)
        if min(new) > most:
            return most + 1
        older, old = old, new
    return min(old[-1], most + 1)


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """One form for all ways to write the same words; empty if none is written.

    Case, accents, spaces, dashes and what stands around the words do not count;
    a minus before a number does, and so does the gap between two numbers.
    """
    text = _plain(text)
    opened = text.lstrip(OPENING + JOINING)
    core = opened.rstrip(CLOSING + JOINING)
    if not core:
        return unicodedata.normalize("NFC", text.replace(" ", ""))
    lead = text.removesuffix(opened)
    is_minus = lead.endswith("-") and lead.count("-") == 1 and core[0].isdigit()
    core = re.sub(r"(?<=\d)[ -]+(?=\d)", " ", core)
    core = re.sub(r"(?<!\d)[ -]+|[ -]+(?!\d)", "", core)
    return unicodedata.normalize("NFC", "-" * is_minus + core)


def _plain(text: str) -> str:
    """Small letters without accents; one kind of space, dash, quote and digit."""
    text = unicodedata.normalize("NFKD", text.translate(APOSTROPHES))
    text = unicodedata.normalize("NFKD", text.casefold())
    text = text.translate(APOSTROPHES | QUOTES | LETTERS)
    return "".join(map(_plain_sign, text))


def _plain_sign(char: str) -> str:
    category = unicodedata.category(char)
    if char.isspace():
        return " "
    if category in ("Pd", "Pc") or char == MINUS:
        return "-"
    if category == "Nd":
        return str(unicodedata.decimal(char))
    return "" if category == "Cf" or _is_accent(char) else char


def _is_accent(char: str) -> bool:
    """Not a vowel or voicing sign, without which it would be another word."""
    position = unicodedata.combining(char)
    is_style = "\ufe00" <= char <= "\ufe0f"
    return is_style or 10 <= position < 40 or position >= 200
