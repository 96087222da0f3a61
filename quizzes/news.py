"""What students are told of their marks: words on disputes, points that changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from quizzes.models import Dispute, MarkChange, Response
from tendril.accounts.models import User

MOST = 20
ALONG = ("response__attempt", "response__question__quiz")


@dataclass
class Item:
    """An answer about which there is something new."""

    response: Response
    dispute: Dispute | None = None
    # The newest first.
    changes: list[MarkChange] = field(default_factory=list)

    @property
    def before(self) -> Decimal:
        return self.changes[-1].before

    @property
    def after(self) -> Decimal:
        return self.changes[0].after


def new_for(student: User) -> list[Item]:
    """What this student has not put away yet; two queries."""
    items: dict[UUID, Item] = {}
    for change in _changes(student).order_by("-pk")[:MOST]:
        item = items.setdefault(change.response_id, Item(change.response))
        item.changes.append(change)
    for dispute in _disputes(student).order_by("-settled_at")[:MOST]:
        item = items.setdefault(dispute.response_id, Item(dispute.response))
        item.dispute = dispute
    return list(items.values())


def put_away(
    *, student: User, changes: Collection[int], disputes: Collection[int]
) -> None:
    """These are not told again; what came since they were shown is."""
    now = timezone.now()
    _changes(student).filter(pk__in=changes).update(seen_at=now)
    _disputes(student).filter(pk__in=disputes).update(seen_at=now)


def _changes(student: User) -> QuerySet[MarkChange]:
    shown = Response.objects.shown().of(student)
    unseen = MarkChange.objects.filter(seen_at=None, response__in=shown)
    return unseen.select_related(*ALONG)


def _disputes(student: User) -> QuerySet[Dispute]:
    shown = Response.objects.shown().of(student)
    unseen = Dispute.objects.settled().filter(seen_at=None, response__in=shown)
    return unseen.select_related(*ALONG)
