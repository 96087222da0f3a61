"""Who was or is to be erased, outside the database: for when an older copy comes back.

A name on the list can be told from a person who is there, with this site's secret
key, and says nothing about anybody who is gone. It stands alone where somebody was
erased, and with the time of the wish where that was asked for or called off.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

from tendril.accounts.models import User

ASKED, CALLED_OFF = "asked", "called-off"
Wishes = dict[str, set[datetime]]


@dataclass(frozen=True)
class Listed:
    erased: set[str] = field(default_factory=set)
    asked: Wishes = field(default_factory=lambda: defaultdict(set))
    called_off: Wishes = field(default_factory=lambda: defaultdict(set))

    def __len__(self) -> int:
        return len(self.erased | self.asked.keys() | self.called_off.keys())

    def open_wishes(self, name: str) -> set[datetime]:
        return self.asked.get(name, set()) - self.called_off.get(name, set())


def path() -> Path:
    return Path(settings.DATA_DIR) / "erased-accounts.txt"


def name_of(person: User) -> str:
    value = f"{person.pk} {person.date_joined.isoformat()}"
    return salted_hmac("tendril.erased", value, algorithm="sha256").hexdigest()


def add_erased(name: str) -> None:
    _add(name)


def add_asked(person: User, asked_at: datetime) -> None:
    _add(f"{ASKED} {name_of(person)} {asked_at.isoformat()}")


def add_called_off(person: User, asked_at: datetime) -> None:
    _add(f"{CALLED_OFF} {name_of(person)} {asked_at.isoformat()}")


def _add(line: str) -> None:
    with path().open("a", encoding="ascii") as lines:
        lines.write(f"{line}\n")
        lines.flush()
        os.fsync(lines.fileno())


def here() -> Listed:
    """The site's own list; nobody is on it where there is none yet."""
    with suppress(FileNotFoundError), path().open(encoding="ascii") as lines:
        return read(lines)
    return Listed()


def read(lines: Iterable[str]) -> Listed:
    """What a list says; lines that say nothing are passed over."""
    listed = Listed()
    for line in lines:
        match line.split():
            case [name]:
                listed.erased.add(name)
            case ["asked" | "called-off" as what, name, time]:
                wishes = listed.asked if what == ASKED else listed.called_off
                with suppress(ValueError):
                    wishes[name].add(datetime.fromisoformat(time))
    return listed
