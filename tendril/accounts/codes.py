"""Codes that are printed, read out and typed."""

from __future__ import annotations

import secrets

# Nothing that looks or sounds much like another: no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
SIGNS = "ACDEFGHJKMNPQRTWXY34679"


def new_code(length: int) -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(length))


def as_typed(text: str) -> str:
    """Letters and digits alone count: not case, dashes or spaces."""
    return "".join(sign for sign in text.upper() if sign.isalnum())
