"""Mistakes that readers find in lessons."""

from __future__ import annotations

import time
from hashlib import sha256

from django.core.cache import cache

from lessons.models import Lesson, MistakeReport, Passage
from tendril.accounts.models import User

# A class that finds the same mistake sends thirty; a whole school is behind one
# address.
MOST_BY_READER, READER_SECONDS = 5, 10 * 60
MOST_BY_ADDRESS, ADDRESS_SECONDS = 300, 60 * 60


class TooManyReports(Exception):
    """This reader, or everyone at this address together, reported a lot just now."""


def report_mistake(
    *,
    lesson: Lesson,
    text: str,
    passage: Passage | None,
    reporter: User | None,
    reader: str,
    address: str,
) -> MistakeReport:
    """Keep a report for staff. Raises TooManyReports."""
    count("address", address, MOST_BY_ADDRESS, ADDRESS_SECONDS)
    count("reader", reader, MOST_BY_READER, READER_SECONDS)
    return MistakeReport.objects.create(
        lesson=lesson,
        text=text,
        passage_key=passage.key if passage else "",
        reporter=reporter,
    )


def count(kind: str, who: str, most: int, seconds: int) -> None:
    """Count one report in the shared cache, in windows of fixed length."""
    # Hashed: an address or a session has no business in a cache's keys. With the
    # window, since counting renews how long some caches keep a number.
    hashed = sha256(who.encode()).hexdigest()[:32]
    key = f"lessons.reports.{kind}.{hashed}.{time.time() // seconds}"
    cache.add(key, 0, timeout=seconds)
    try:
        so_far = cache.incr(key)
    except ValueError:  # the window ended between the two calls
        return
    if so_far > most:
        raise TooManyReports


def passage_named(lesson: Lesson, key: str) -> Passage | None:
    """The passage that has this key now, or had it before its words changed."""
    if not key:
        return None
    passages = list(lesson.passages.all())
    for passage in passages:
        if passage.key == key:
            return passage
    return next((p for p in passages if key in p.aliases), None)
