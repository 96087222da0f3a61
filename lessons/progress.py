"""Where a student stands in each lesson: merging what they did, deriving from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from uuid import UUID, uuid4

from django.db import IntegrityError, models, transaction
from django.db.models import Max, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from lessons.device import Item, Outcome, ReadingItem, Reason
from lessons.models import Lesson, Progress, ProgressEvent, SyncBatch
from lessons.places import Places
from tendril.accounts.models import User

__all__ = ["Item", "Outcome", "Reason", "finish", "hold", "merge", "undo"]

UNDO_FOR = dt.timedelta(days=7)


class TooLateToUndo(Exception):
    """The week in which a batch can be undone is over."""


def hold(student: User) -> None:
    """Let one merge a student run at a time, until the transaction ends."""
    # Not the plain lock: other rows may still begin to point at this person.
    User.objects.select_for_update(no_key=True).only("pk").get(pk=student.pk)


@transaction.atomic
def merge(
    student: User, items: Sequence[ReadingItem], batch: SyncBatch | None
) -> list[Outcome]:
    """Keep what is new, in whatever order and however often it is sent.

    One outcome for each item, in the order of the items.
    """
    hold(student)
    places = Places.named_in(items)
    owners = owners_of(item.id for item in items)
    new: dict[UUID, ProgressEvent] = {}
    outcomes = []
    for item in items:
        outcome = already_here(item, student, owners, new) or places.refuse(item)
        if outcome is None:
            new[item.id] = places.event(item, student, batch)
            outcome = Outcome.added(item)
        outcomes.append(outcome)
    taken = save_new(new.values())
    derive(student, {event.lesson_id for event in new.values()})
    return [
        Outcome.rejected(item, Reason.REFUSED) if item.id in taken else outcome
        for item, outcome in zip(items, outcomes, strict=True)
    ]


def owners_of(ids: Iterable[UUID]) -> dict[UUID, tuple[int, bool]]:
    """Whose events already carry these ids, and whether they were undone."""
    events = ProgressEvent.objects.select_related("batch")
    found = events.only("student_id", "batch__undone_at").in_bulk(set(ids))
    return {
        pk: (event.student_id, bool(event.batch and event.batch.undone_at))
        for pk, event in found.items()
    }


def already_here(
    item: Item,
    student: User,
    owners: dict[UUID, tuple[int, bool]],
    new: Collection[UUID],
) -> Outcome | None:
    if item.id in new:
        return Outcome.known(item)
    if item.id not in owners:
        return None
    owner, is_undone = owners[item.id]
    if owner != student.pk:
        return Outcome.rejected(item, Reason.REFUSED)
    return Outcome.rejected(item, Reason.UNDONE) if is_undone else Outcome.known(item)


def save_new(events: Iterable[ProgressEvent]) -> set[UUID]:
    """Save all at once, or one by one where an id turns out to be taken.

    Gives back the ids that were taken: by somebody else, at this very moment.
    """
    # In one order everywhere, so that two such merges wait and never deadlock.
    events = sorted(events, key=lambda event: event.pk)
    try:
        with transaction.atomic():
            ProgressEvent.objects.bulk_create(events)
    except IntegrityError:
        return {event.pk for event in events if not is_saved(event)}
    return set()


def is_saved(event: ProgressEvent) -> bool:
    try:
        with transaction.atomic():
            event.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def derive(student: User, lessons: Collection[int]) -> None:
    """Work out where a student stands from the events that stand, and nothing else."""
    if not lessons:
        return
    standing = ProgressEvent.objects.standing().filter(student=student)
    is_end = Q(kind=ProgressEvent.Kind.FINISHED)
    rows = (
        standing.filter(lesson__in=lessons)
        .order_by()
        .values("lesson_id")
        .annotate(
            opened_at=Min("happened_at"),
            last_read_at=Max("happened_at"),
            finished_at=Min("happened_at", filter=is_end),
        )
    )
    stops = last_passages(standing, lessons)
    found = [
        Progress(student=student, passage_key=stops[row["lesson_id"]], **row)
        for row in rows
    ]
    Progress.objects.bulk_create(
        found,
        update_conflicts=True,
        unique_fields=["student", "lesson"],
        update_fields=["opened_at", "last_read_at", "finished_at", "passage_key"],
    )
    if gone := set(lessons) - {progress.lesson_id for progress in found}:
        Progress.objects.of(student).filter(lesson__in=gone).delete()


def last_passages(
    events: models.QuerySet[ProgressEvent], lessons: Collection[int]
) -> dict[int, str]:
    latest = events.filter(
        lesson=OuterRef("pk"), kind=ProgressEvent.Kind.REACHED
    ).order_by("-happened_at", "-pk")
    stop = Coalesce(Subquery(latest.values("passage_key")[:1]), Value(""))
    return dict(Lesson.objects.filter(pk__in=lessons).values_list("pk", stop))


@transaction.atomic
def finish(student: User, lesson: Lesson) -> None:
    """Mark a lesson as read; the first time stands."""
    hold(student)
    if Progress.objects.of(student).finished().filter(lesson=lesson).exists():
        return
    item = ReadingItem(
        id=uuid4(), kind="finished", lesson=lesson.slug, happened_at=timezone.now()
    )
    merge(student, [item], batch=None)


@transaction.atomic
def undo(batch: SyncBatch) -> None:
    """Take out of the account what a device handed over; nothing is deleted."""
    hold(batch.student)
    batch.refresh_from_db(fields=["undone_at"])
    if batch.undone_at:
        return
    if timezone.now() > batch.received_at + UNDO_FOR:
        raise TooLateToUndo
    batch.undone_at = timezone.now()
    batch.save(update_fields=["undone_at"])
    lessons = batch.progress_events.order_by().values_list("lesson_id", flat=True)
    derive(batch.student, set(lessons))
