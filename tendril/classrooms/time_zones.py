"""Time zones in a list by continent."""

from __future__ import annotations

from itertools import groupby
from zoneinfo import available_timezones

Choice = tuple[str, str]

CONTINENTS = {
    *("Africa", "America", "Antarctica", "Arctic", "Asia"),
    *("Atlantic", "Australia", "Europe", "Indian", "Pacific"),
}


def choices(current: str) -> list[Choice | tuple[str, list[Choice]]]:
    """Grouped by continent; a zone in force that is not a city's stands on top."""
    names = sorted(name for name in available_timezones() if _continent(name))
    cities: list[Choice | tuple[str, list[Choice]]] = [
        (continent, [(name, _city(name)) for name in group])
        for continent, group in groupby(names, key=_continent)
    ]
    bare = list(dict.fromkeys(["UTC", *([] if _continent(current) else [current])]))
    return [*((name, name) for name in bare), *cities]


def _continent(name: str) -> str:
    first, _slash, city = name.partition("/")
    return first if city and first in CONTINENTS else ""


def _city(name: str) -> str:
    return name.partition("/")[2].replace("_", " ").replace("/", ", ")
