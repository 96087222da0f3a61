"""What a reader goes on with: a place in a lesson, or the lesson after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from lessons.models import Lesson, Progress
from tendril.accounts.models import User

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A lesson, and where in it the reader stopped, if anywhere."""

    lesson: Lesson
    section: str = ""
    url: str = ""

    @classmethod
    def at(cls, lesson: Lesson, passage_key: str) -> Self:
        url = lesson.get_absolute_url()
        section = lesson.section_of(passage_key)
        if section is None:
            return cls(lesson, url=url)
        return cls(lesson, section["title"], f"{url}#{passage_key}")


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a reader has begun, the latest first."""

    unfinished: list[Place]
    finished: list[Progress]
    next_lesson: Lesson | None


def stop_in(lesson: Lesson, progress: Progress) -> Place | None:
    """Where to resume. Nowhere once the lesson is read, or before it has begun."""
    if progress.finished_at or not progress.passage_key:
        return None
    place = Place.at(lesson, progress.passage_key)
    return place if place.section else None


def reading_of(student: User) -> Reading:
    mine = (
        Progress.objects.of(student)
        .select_related("lesson")
        .defer("lesson__html")
        .order_by("-last_read_at", "pk")
    )
    open_lessons = mine.unfinished().filter(lesson__retired_at=None)
    finished = list(mine.finished().order_by("-finished_at", "pk")[:MOST_SHOWN])
    return Reading(
        unfinished=[
            Place.at(progress.lesson, progress.passage_key)
            for progress in open_lessons[:MOST_SHOWN]
        ],
        finished=finished,
        next_lesson=lesson_after(finished[0].lesson, student) if finished else None,
    )


def lesson_after(lesson: Lesson, student: User) -> Lesson | None:
    """The next lesson that this student has not begun: in its track, else its tier."""
    begun = Progress.objects.of(student).values("lesson")
    left = (
        Lesson.objects.published()
        .filter(language=lesson.language, tier=lesson.tier)
        .exclude(pk__in=begun)
        .defer("html")
        .in_order()
    )
    in_track = left.filter(track=lesson.track_id, number__gt=lesson.number)
    return in_track.first() or left.first()
