"""What a device hands over: read, given to the apps that keep it, counted."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

import quizzes.merging
from lessons import progress
from lessons.delivery import Delivery
from lessons.device import AnsweredItem, Outcome, ReadingItem, Reason, read_item
from lessons.models import SyncBatch
from quizzes import review
from tendril.accounts.models import User


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


@transaction.atomic
def undo(batch: SyncBatch) -> None:
    """Take out of the account what a batch added. Raises progress.TooLateToUndo."""
    progress.undo(batch)
    review.unlearn(batch)
