"""Whom a child in need can call, by country: numbers with the page that shows them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated

from django.conf import settings
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from lessons.entries import Entry, Prose, WebAddress, check
from lessons.text_files import read_text
from lessons.yaml_files import read_yaml


def _day(value: str) -> str:
    try:
        return value and dt.date.fromisoformat(value).isoformat()
    except ValueError:
        raise PydanticCustomError(
            "day", "'{value}' is not a day: write it as 2026-12-01", {"value": value}
        ) from None


def _number(value: str) -> str:
    if not re.fullmatch(r"\+?\d[\d -]*", value):
        raise PydanticCustomError(
            "number", "'{value}' cannot be dialled: write digits", {"value": value}
        )
    return value


Day = Annotated[str, AfterValidator(_day)]


class Page(Entry):
    """Who has read the help page's own words."""

    reviewed_by: str
    reviewed_on: Day


class HelpLine(Entry):
    name: Prose
    countries: list[str]
    number: Annotated[str, AfterValidator(_number)]
    hours: Prose
    languages: list[str]
    for_emergencies: bool = False
    # The page on which the number was seen, and the day; without it nobody sees it.
    source: WebAddress
    checked_on: Day
    # Empty until a person has made sure.
    reviewed_by: str
    reviewed_on: Day

    @property
    def dialled(self) -> str:
        return re.sub(r"[ -]", "", self.number)


class HelpLines(Entry):
    page: Page
    lines: list[HelpLine]

    def shown_in(self, country: str) -> list[HelpLine]:
        """Those that were checked, emergencies first."""
        checked = [line for line in self.of(country) if line.checked_on]
        return sorted(checked, key=lambda line: not line.for_emergencies)

    def of(self, country: str) -> list[HelpLine]:
        return [line for line in self.lines if country in line.countries]

    def problems_in(self, country: str) -> Iterator[str]:
        """What a person should do before children rely on the page."""
        for line in self.of(country):
            named = f"{line.name} ({line.number})"
            if not line.checked_on:
                yield f"{named} was not checked, so it is not shown."
            elif not line.reviewed_by:
                yield f"{named} waits for somebody to sign that it is right."
        if all(line.for_emergencies for line in self.shown_in(country)):
            yield f"No help line for children in {country} is known."
        if not self.page.reviewed_by:
            yield "The words of the help page wait for somebody to sign them."


def for_country(code: str = "") -> list[HelpLine]:
    """What the help page shows; in the site's own country if none is given."""
    return _ours().shown_in((code or settings.TUTOR_COUNTRY).upper())


def problems(code: str = "") -> list[str]:
    country = (code or settings.TUTOR_COUNTRY).upper()
    if not country:
        return ["No country is set, so the help page shows no numbers."]
    return list(_ours().problems_in(country))


def read(path: Path) -> HelpLines:
    return check(read_yaml(path, read_text(path)), HelpLines)


@cache
def _ours() -> HelpLines:
    return read(Path(__file__).with_name("help_lines.yaml"))
