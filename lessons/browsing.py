"""Finding lessons: filters, shelves, and what was meant by an unknown address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import groupby
from urllib.parse import urlencode

from lessons.models import Lesson, LessonQuerySet, Tier, Track

# The longest time for which a filter asks.
MINUTES = (7, 10)
MOST_NEAR = 3


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader asked to see; empty means everything."""

    tier: str = ""
    track: str = ""
    minutes: int | None = None
    # Names of the filters whose value is none that we know.
    ignored: tuple[str, ...] = ()

    @classmethod
    def of(cls, asked: Mapping[str, str], tracks: Iterable[Track]) -> Filters:
        known: dict[str, dict[str, str | int]] = {
            "tier": {tier: tier for tier in Tier.values},
            "track": {track.slug: track.slug for track in tracks},
            "minutes": {str(minutes): minutes for minutes in MINUTES},
        }
        given = {name: asked[name] for name in known if asked.get(name)}
        used = {
            name: known[name][value]
            for name, value in given.items()
            if value in known[name]
        }
        ignored = tuple(name for name in given if name not in used)
        return cls(**used, ignored=ignored)  # type: ignore[arg-type]

    def query(self, without: Iterable[str]) -> str:
        """The filters as they stand in an address, but for some."""
        given = {"tier": self.tier, "track": self.track, "minutes": self.minutes}
        return urlencode({k: v for k, v in given.items() if v and k not in without})

    def choose(self, lessons: LessonQuerySet) -> LessonQuerySet:
        if self.tier:
            lessons = lessons.filter(tier=self.tier)
        if self.track:
            lessons = lessons.filter(track__slug=self.track)
        if self.minutes:
            lessons = lessons.filter(minutes__lte=self.minutes)
        return lessons


@dataclass(frozen=True, slots=True)
class Shelf:
    """Lessons that stand together: those of a tier, or of one of its tracks."""

    tier: Tier
    track: Track | None
    lessons: list[Lesson] = field(default_factory=list)


def shelves_by_tier(lessons: Iterable[Lesson]) -> list[Shelf]:
    grouped = groupby(lessons, key=lambda lesson: lesson.tier)
    return [Shelf(Tier(tier), None, list(found)) for tier, found in grouped]


def shelves_by_track(lessons: Iterable[Lesson]) -> list[Shelf]:
    """For lessons of one tier."""
    grouped = groupby(lessons, key=lambda lesson: lesson.track)
    return [
        Shelf(Tier(found[0].tier), track, found)
        for track, group in grouped
        if (found := list(group))
    ]


@dataclass(frozen=True, slots=True)
class Around:
    """The lessons that a lesson's page links to."""

    previous: Lesson | None
    next: Lesson | None
    related: list[Lesson]
    same_as: list[Lesson]
    prerequisites: list[Lesson]


def around(lesson: Lesson) -> Around:
    """Everything to link to, in one query."""
    found = list(Lesson.objects.published().as_cards().around(lesson))
    by_slug = {other.slug: other for other in found}
    by_number = {other.number: other for other in found}

    def named(slugs: list[str]) -> list[Lesson]:
        return [by_slug[slug] for slug in slugs if slug in by_slug]

    return Around(
        previous=by_number.get(lesson.number - 1),
        next=by_number.get(lesson.number + 1),
        related=named(lesson.related),
        same_as=named(lesson.same_as),
        prerequisites=named(lesson.prerequisites),
    )


def near(slug: str) -> list[Lesson]:
    """Lessons whose address or title resembles one that does not exist."""
    lessons = list(Lesson.objects.published().as_cards().in_order())
    names: dict[str, Lesson] = {}
    for lesson in lessons:
        names[lesson.slug] = lesson
        names[lesson.title.lower()] = lesson
    asked = slug.lower()
    close = [
        *get_close_matches(asked, names, n=MOST_NEAR, cutoff=0.55),
        *get_close_matches(asked.replace("-", " "), names, n=MOST_NEAR, cutoff=0.55),
    ]
    return list(dict.fromkeys(names[name] for name in close))[:MOST_NEAR]
