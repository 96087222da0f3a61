"""What adults see of a student's questions, and the student with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from lessons.models import Lesson
from tendril.accounts.models import User
from tutor.conversation import ShownExchange, shown
from tutor.models import Exchange

MOST = 50


@dataclass(frozen=True)
class Transcript:
    lesson: Lesson
    exchanges: Sequence[ShownExchange]


def of(student: User) -> list[Transcript]:
    """The latest questions by lesson; dangers are their addressee's alone."""
    latest = Exchange.objects.of(student).shown_to_adults().order_by("-asked_at")
    rows = latest.select_related("lesson").prefetch_related("claims", "receipts")
    found = sorted(rows.defer("lesson__html")[:MOST], key=lambda row: row.lesson_id)
    return [
        Transcript(of_one[0].exchange.lesson, of_one)
        for of_one in (
            list(group)
            for _, group in groupby(
                shown(found), key=lambda one: one.exchange.lesson_id
            )
        )
    ]
