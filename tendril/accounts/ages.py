"""Who counts as a child: everybody under 18, and whoever has not said."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

ADULT_AT = 18


def first_month_of_children(now: datetime | None = None) -> date:
    """People born in this month or later are children.

    Only the month is known: whoever turns 18 in it counts as a child to its end.
    """
    today = timezone.localdate(now)
    return date(today.year - ADULT_AT, today.month, 1)


def is_adult(born_on: date | None) -> bool:
    return born_on is not None and born_on < first_month_of_children()


def adults(path: str = "", now: datetime | None = None) -> Q:
    """As above, for rows; ``path`` leads from them to a person: ``guardian__``."""
    return Q(**{f"{path}born_on__lt": first_month_of_children(now)})


def children(path: str = "") -> Q:
    return Q(**{f"{path}born_on": None}) | Q(
        **{f"{path}born_on__gte": first_month_of_children()}
    )
