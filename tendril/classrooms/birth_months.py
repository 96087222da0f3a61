"""Months of birth, as people and spreadsheets write them."""

from __future__ import annotations

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from tendril.classrooms.roster_text import plain

EARLIEST_YEAR = 1900
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.]\d{1,2})?")
YEAR_LAST = re.compile(r"(\d{1,2})[-/. ]+(\d{4})")
WHOLE_DATE = re.compile(r"(\d{1,2})([-/.]) ?(\d{1,2})[-/.] ?(\d{4})")
# Spreadsheets turn 2015-03 into Mar-15, in the language of whoever opens them.
NAMED = re.compile(r"([^\W\d_]+)[-/. ]+(\d{4}|\d{2})")
NAMES = (
    "jan ene gen",
    "feb fev",
    "mar mrz mae maa",
    "apr avr abr",
    "may mai mag mei",
    "jun juin giu",
    "jul juil lug",
    "aug aou ago",
    "sep set",
    "oct okt ott out",
    "nov",
    "dec dez dic",
)
MONTH_OF = {
    word: month for month, words in enumerate(NAMES, 1) for word in words.split()
}


def written(month: date | None) -> str:
    return f"{month.year:04}-{month.month:02}" if month else ""


def read(text: str) -> date:
    """The first day of the month; refuses what could be one of two months."""
    year, month = _year_and_month(text.strip())
    today = timezone.localdate()
    if not 1 <= month <= 12 or not EARLIEST_YEAR <= year <= today.year:
        raise _unreadable(text)
    first = date(year, month, 1)
    if first > today:
        raise _unreadable(text)
    return first


def _year_and_month(text: str) -> tuple[int, int]:
    if found := YEAR_FIRST.fullmatch(text):
        return int(found[1]), int(found[2])
    if found := YEAR_LAST.fullmatch(text):
        return int(found[2]), int(found[1])
    if found := WHOLE_DATE.fullmatch(text):
        return int(found[4]), _month_among(found[1], found[2], found[3])
    if found := NAMED.fullmatch(text):
        return _full_year(found[2]), _named(found[1])
    return 0, 0


def _month_among(first: str, sign: str, second: str) -> int:
    """The month of a date: with slashes some put it first, and some the day."""
    one, other = int(first), int(second)
    if sign == "." or one > 12 or one == other:
        return other
    return one if other > 12 else 0


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    this_year = timezone.localdate().year
    return year + (2000 if year <= this_year % 100 else 1900)


def _named(word: str) -> int:
    letters = plain(word)
    return MONTH_OF.get(letters[:4]) or MONTH_OF.get(letters[:3], 0)


def _unreadable(text: str) -> ValidationError:
    return ValidationError(
        _("“%(text)s” is no month of birth. Write it as year and month: 2015-03.")
        % {"text": text[:20]}
    )
