"""Who was erased, outside the database: for the day an older copy of it is put back.

A name on the list can be told from a person who is there, with this site's secret
key, and says nothing about anybody who is gone.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

from tendril.accounts.models import User


def path() -> Path:
    return Path(settings.DATA_DIR) / "erased-accounts.txt"


def name_of(person: User) -> str:
    value = f"{person.pk} {person.date_joined.isoformat()}"
    return salted_hmac("tendril.erased", value, algorithm="sha256").hexdigest()


def add(name: str) -> None:
    with path().open("a", encoding="ascii") as lines:
        lines.write(f"{name}\n")
        lines.flush()
        os.fsync(lines.fileno())


def read(lines: Iterable[str]) -> set[str]:
    """The names in a list; empty lines are passed over."""
    return {line.strip() for line in lines if line.strip()}
