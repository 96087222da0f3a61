"""Letters and marks that no claim may hold: look-alikes, markup, addresses."""

from __future__ import annotations

import re
import unicodedata

MARKUP = re.compile(r"</?[a-z!?]|&#?\w+;|\]\s*[(\[]|!\[", re.IGNORECASE)
ADDRESS = re.compile(r"\w:/|\bwww\.|[^\W\d_]{2}\.[^\W\d_]{2}|\w@\w", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")
SIGNS = frozenset("\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u00a0\u202f\u2011\u2212")


def is_disguised(text: str, lesson: str) -> bool:
    """Whether a text is more, or less, than plain words in the lesson's letters."""
    if MARKUP.search(text) or ADDRESS.search(text):
        return True
    foreign = {char for char in text if not char.isascii()} - SIGNS - set(lesson)
    return bool(foreign) or any(map(_is_unseen, text)) or _mixes_alphabets(text)


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char)[0] == "C" and char not in "\n\t"


def _mixes_alphabets(text: str) -> bool:
    words = [word for word in WORD.findall(text) if not word.isascii()]
    return any(len({_alphabet(char) for char in word}) > 1 for word in words)


def _alphabet(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]
