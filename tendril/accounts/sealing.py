"""Who is sealed: they are to be erased, and nobody sees anything of them."""

from __future__ import annotations

from django.db.models import Q


def unsealed(path: str = "") -> Q:
    """Only people of whom others may see something; ``path`` leads to the person."""
    return Q(**{f"{path}__sealed_at".removeprefix("__"): None})
