"""What a device holds or has handed over, lesson by lesson."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import ngettext

from lessons.device import AnsweredItem, Outcome, ReadingItem, read_item
from lessons.models import Lesson, ProgressEvent, SyncBatch
from lessons.progress import UNDO_FOR
from lessons.resuming import Place
from quizzes.models import Quiz, Response
from tendril.accounts.models import User


@dataclass(slots=True)
class Held:
    """What a device knows of one lesson."""

    lesson: Lesson
    stop: Place | None = None
    is_finished: bool = False
    answers: set[tuple[UUID, str]] = field(default_factory=set)


def held_in(events: Iterable[object]) -> list[Held]:
    """The lessons in a device's events, in the order of the catalogue.

    Nothing is kept. What cannot be read, or names no lesson, is left out.
    """
    found = [read_item(raw) for raw in events]
    reading = [item for item in found if isinstance(item, ReadingItem)]
    answered = [item for item in found if isinstance(item, AnsweredItem)]
    quizzes = dict(
        Quiz.objects.practice_ever()
        .filter(slug__in={item.quiz for item in answered}, lesson__isnull=False)
        .values_list("slug", "lesson__slug")
    )
    slugs = {item.lesson for item in reading} | set(quizzes.values())
    lessons = Lesson.objects.filter(slug__in=slugs).defer("html").in_order()
    held = {lesson.slug: Held(lesson) for lesson in lessons}
    for item in sorted(reading, key=lambda item: item.happened_at):
        if entry := held.get(item.lesson):
            add_reading(entry, item)
    for answer in answered:
        if entry := held.get(quizzes.get(answer.quiz, "")):
            entry.answers.add((answer.attempt, answer.question))
    return list(held.values())


def add_reading(entry: Held, item: ReadingItem) -> None:
    if item.kind == "finished":
        entry.is_finished = True
    if item.kind == "reached":
        place = Place.at(entry.lesson, item.passage)
        entry.stop = place if place.section else None


@dataclass(frozen=True, slots=True)
class HandOver:
    """A batch that a student added, with what it brought."""

    batch: SyncBatch
    lessons: list[Lesson]
    answers: int

    @property
    def may_be_undone(self) -> bool:
        return not self.batch.undone_at and self.undo_until > timezone.now()

    @property
    def undo_until(self) -> dt.datetime:
        return self.batch.received_at + UNDO_FOR


def hand_overs_of(student: User) -> list[HandOver]:
    """Those of the last week that brought something, the latest first."""
    week = student.sync_batches.filter(received_at__gt=timezone.now() - UNDO_FOR)
    batches = list(week)
    pks = [batch.pk for batch in batches]
    brought = lessons_by_batch(pks)
    lessons = Lesson.objects.filter(pk__in=set().union(*brought.values()))
    titles = list(lessons.defer("html").in_order())
    answers = answers_by_batch(pks)
    return [
        HandOver(
            batch=batch,
            lessons=[lesson for lesson in titles if lesson.pk in brought[batch.pk]],
            answers=answers.get(batch.pk, 0),
        )
        for batch in batches
        if batch.pk in brought
    ]


def answers_by_batch(batches: Collection[UUID]) -> dict[UUID, int]:
    given = Response.objects.filter(attempt__batch__in=batches).order_by()
    return dict(given.values_list("attempt__batch").annotate(Count("pk")))


def lessons_by_batch(batches: Collection[UUID]) -> dict[UUID, set[int]]:
    found: dict[UUID, set[int]] = defaultdict(set)
    read = ProgressEvent.objects.filter(batch__in=batches).order_by()
    for batch, lesson in read.values_list("batch", "lesson").distinct():
        found[batch].add(lesson)
    answered = Response.objects.filter(
        attempt__batch__in=batches, question__quiz__lesson__isnull=False
    ).order_by()
    pairs = answered.values_list("attempt__batch", "question__quiz__lesson")
    for batch, lesson in pairs.distinct():
        found[batch].add(lesson)
    return found


def summary(student: User, batch: UUID | None, outcomes: Collection[Outcome]) -> str:
    """One sentence or two for the person who added a batch."""
    refused = sum(outcome.status == "rejected" for outcome in outcomes)
    said = []
    # Not of somebody else's batch, nor of one that was undone.
    if batch and student.sync_batches.filter(pk=batch, undone_at=None).exists():
        lessons = len(lessons_by_batch([batch])[batch])
        added = ngettext(
            "%(count)d lesson was added to your account.",
            "%(count)d lessons were added to your account.",
            lessons,
        )
        said.append(added % {"count": lessons})
    if refused:
        left = ngettext(
            "%(count)d entry could not be added and stays on this device.",
            "%(count)d entries could not be added and stay on this device.",
            refused,
        )
        said.append(left % {"count": refused})
    return " ".join(said)
