"""When a question comes back: by FSRS, in whole days, from the answers to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import NamedTuple, Self

from django.utils import timezone
from fsrs import Card, Rating, Scheduler

# Without steps of minutes: what was missed comes back tomorrow at the soonest.
SCHEDULER = Scheduler(
    learning_steps=(), relearning_steps=(), maximum_interval=365, enable_fuzzing=False
)
DAY = dt.timedelta(days=1)


class Recall(NamedTuple):
    """One answer, as far as remembering goes.

    They sort by time and then by how they went, so that no two orders of the same
    answers differ.
    """

    answered_at: dt.datetime
    rating: Rating

    @classmethod
    def of(
        cls, answered_at: dt.datetime, points: Decimal, most: int, *, is_aided: bool
    ) -> Self:
        if points == 0:
            return cls(answered_at, Rating.Again)
        is_alone = points == most and not is_aided
        return cls(answered_at, Rating.Good if is_alone else Rating.Hard)


def due_at(
    recalls: Collection[Recall], helps: Collection[dt.datetime] = ()
) -> dt.datetime | None:
    """The beginning of the day on which a question is to be asked again.

    Never, while it was always right and on one's own. Help that no answer has
    followed asks for one on the next day.
    """
    if not helps and all(recall.rating == Rating.Good for recall in recalls):
        return None
    in_order = sorted(recalls)
    days = []
    if in_order:
        days.append(day_by_fsrs(in_order))
    if helps and (not in_order or in_order[-1].answered_at < max(helps)):
        days.append(day_of(max(helps)) + DAY)
    return beginning_of(min(days))


def day_by_fsrs(in_order: Sequence[Recall]) -> dt.date:
    card = Card(card_id=0, due=in_order[0].answered_at)
    for recall in in_order:
        # Days alone: an evening and the next afternoon are a day apart.
        moment = dt.datetime.combine(day_of(recall.answered_at), dt.time(), dt.UTC)
        card, _log = SCHEDULER.review_card(card, recall.rating, moment)
    return card.due.date()


def day_of(moment: dt.datetime) -> dt.date:
    """The day on the site's calendar, whoever is asking."""
    return timezone.localdate(moment, timezone.get_default_timezone())


def beginning_of(day: dt.date) -> dt.datetime:
    midnight = dt.datetime.combine(day, dt.time(), timezone.get_default_timezone())
    return midnight.astimezone(dt.UTC)
