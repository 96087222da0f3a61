"""What a device hands over: read, given to the apps that keep it, counted."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.db import transaction
from pydantic import BaseModel

import quizzes.merging
from lessons import progress
from lessons.device import AnsweredItem, Outcome, ReadingItem, Reason, read_item
from lessons.models import SyncBatch
from tendril.accounts.models import User

MOST_EVENTS = 1000


class Unreadable(Exception):
    """The body is not the JSON that a device sends."""


class TooManyEvents(Exception):
    """More at once than are taken: the device can send them in parts."""


class Delivery(BaseModel):
    batch: UUID | None = None
    # Whom the device believes to be signed in; another tab may know better.
    reader: str | None = None
    events: list[Any]


def read(body: bytes) -> Delivery:
    """Raises Unreadable, or TooManyEvents."""
    try:
        # Not by pydantic: it refuses the whole for one broken character in an item.
        delivery = Delivery.model_validate(json.loads(body))
    except (ValueError, RecursionError) as exc:
        raise Unreadable from exc
    if len(delivery.events) > MOST_EVENTS:
        raise TooManyEvents
    return delivery


@transaction.atomic
def take(student: User, delivery: Delivery) -> list[Outcome]:
    """Merge what came, item by item; one outcome each, in the order of the events."""
    progress.hold(student)
    found = [read_item(raw) for raw in delivery.events]
    try:
        batch = batch_of(student, delivery.batch)
    except BatchRefused as refused:
        return [refused.outcome(item) for item in found]
    reading = [item for item in found if isinstance(item, ReadingItem)]
    answered = [item for item in found if isinstance(item, AnsweredItem)]
    of_reading = iter(progress.merge(student, reading, batch))
    of_answers = iter(quizzes.merging.merge(student, answered, batch))
    return [
        item
        if isinstance(item, Outcome)
        else next(of_reading if isinstance(item, ReadingItem) else of_answers)
        for item in found
    ]


class BatchRefused(Exception):
    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason

    def outcome(self, item: ReadingItem | AnsweredItem | Outcome) -> Outcome:
        return (
            item if isinstance(item, Outcome) else Outcome.rejected(item, self.reason)
        )


def batch_of(student: User, batch_id: UUID | None) -> SyncBatch | None:
    """The batch with this id, new or begun before. Raises BatchRefused."""
    if batch_id is None:
        return None
    batch, _created = SyncBatch.objects.get_or_create(
        pk=batch_id, defaults={"student": student}
    )
    if batch.student_id != student.pk:
        raise BatchRefused(Reason.REFUSED)
    if batch.undone_at:
        raise BatchRefused(Reason.UNDONE)
    return batch
