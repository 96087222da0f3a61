"""Texts that one person types and another reads: both see the same."""

from __future__ import annotations

import unicodedata

# These turn the direction of what follows, so that it reads as something else.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Unicode takes them for letters and signs, yet there is nothing to see.
EMPTY = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def has_control_signs(text: str) -> bool:
    """Beyond spaces and ends of lines; those that scripts need to join are none."""
    return any(map(_is_control, "".join(text.split())))


def _is_control(char: str) -> bool:
    return char in TURNING or unicodedata.category(char) in ("Cc", "Cs")


def shows_nothing(text: str) -> bool:
    return all(char in EMPTY or unicodedata.category(char)[0] in "CMZ" for char in text)


def without_halves(text: str) -> str:
    """The text as it can be sent: without halves of a pair that stands for one sign."""
    return "".join(char for char in text if unicodedata.category(char) != "Cs")
