"""Bringing the rows of lessons in line with a folder of files."""

from __future__ import annotations

import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from lessons import glossary, rendering
from lessons.files import LessonFile
from lessons.library import Library
from lessons.models import Catalogue, Lesson, Track
from lessons.passage_rows import known_passages, replace_sections
from lessons.passages import aliases
from lessons.picture_rows import replace_pictures
from lessons.sentences import words

WORDS_PER_MINUTE = {"explorers": 110, "builders": 150, "creators": 200}
MINUTES_PER_QUESTION = 0.5


@dataclass(frozen=True)
class Companion:
    """What a lesson's row holds of the quiz that comes with it."""

    text: str
    question_count: int
    check_url: Callable[[str], str]


@dataclass
class LoadedLessons:
    rows: dict[str, Lesson]
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)

    @property
    def unchanged(self) -> int:
        return len(self.rows) - len(self.new) - len(self.changed) - len(self.returned)


def lock_catalogue() -> Catalogue:
    """Keep other loads waiting until this transaction ends."""
    row, _ = Catalogue.objects.select_for_update().get_or_create(pk=1)
    return row


def load(library: Library, companions: Mapping[str, Companion]) -> LoadedLessons:
    """Write what differs; lessons that have left the folder are retired.

    Runs inside the caller's transaction, with the catalogue locked.
    """
    tracks = _load_tracks(library)
    glossary.load_terms(library)
    known = {row.slug: row for row in Lesson.objects.defer("html")}
    loaded = LoadedLessons({})
    moved = []
    numbers: dict[str, int] = defaultdict(int)
    for lesson in library.in_order():
        numbers[lesson.head.language] += 1
        number = numbers[lesson.head.language]
        companion = companions[lesson.slug]
        digest = _digest(library, lesson, companion)
        row = known.get(lesson.slug) or Lesson(slug=lesson.slug)
        loaded.rows[lesson.slug] = row
        if row.digest != digest:
            _fill(row, library, lesson, companion, tracks)
            row.digest = digest
            (loaded.changed if row.pk else loaded.new).append(lesson.slug)
        elif row.retired_at:
            loaded.returned.append(lesson.slug)
        if (row.number, row.retired_at) != (number, None):
            row.number, row.retired_at = number, None
            moved.append(row)
    _save(library, loaded, moved, companions)
    loaded.retired = _retire(row for s, row in known.items() if s not in loaded.rows)
    return loaded


def catalogue_version(library: Library, loaded: LoadedLessons) -> str:
    """Differs whenever a page made of lessons could."""
    lessons = [(row.slug, row.number, row.digest) for row in loaded.rows.values()]
    tracks = [track.model_dump() for track in library.tracks.values()]
    return _hash(lessons, tracks)[:32]


def _hash(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _digest(library: Library, lesson: LessonFile, companion: Companion) -> str:
    terms = library.key_terms(lesson)
    pictures = [(picture.name, picture.digest) for picture in lesson.pictures.values()]
    return _hash(rendering.version(), lesson.text, companion.text, terms, pictures)


def _load_tracks(library: Library) -> dict[str, Track]:
    rows = {row.slug: row for row in Track.objects.all()}
    changed: list[Track] = []
    new: list[Track] = []
    for position, entry in enumerate(library.tracks.values(), start=1):
        row = rows.get(entry.id) or Track(slug=entry.id)
        wanted = (entry.title, entry.summary, position)
        if (row.title, row.summary, row.position) != wanted:
            row.title, row.summary, row.position = wanted
            (changed if row.pk else new).append(row)
    Track.objects.bulk_update(changed, ["title", "summary", "position"])
    Track.objects.bulk_create(new)
    # A track that a retired lesson stands in is kept with it.
    gone = [row.pk for slug, row in rows.items() if slug not in library.tracks]
    if gone:
        Track.objects.filter(pk__in=gone, lessons=None).delete()
    return rows | {row.slug: row for row in new}


def _fill(
    row: Lesson,
    library: Library,
    lesson: LessonFile,
    companion: Companion,
    tracks: Mapping[str, Track],
) -> None:
    head = lesson.head
    year, month = map(int, head.reviewed.split("-"))
    values: dict[str, Any] = head.model_dump(
        include={
            *("language", "tier", "title", "summary"),
            *("related", "same_as", "prerequisites", "sources", "video"),
        }
    )
    values |= {
        "track": tracks[head.track],
        "minutes": _minutes(lesson, companion.question_count),
        "reviewed_on": date(year, month, 1),
        "question_count": companion.question_count,
        "outline": [
            {"id": s.id, "title": s.title, "kind": s.kind} for s in lesson.sections
        ],
        "key_terms": library.key_terms(lesson),
    }
    for name, value in values.items():
        setattr(row, name, value)


CHANGEABLE = (
    *("language", "tier", "track", "title", "summary", "minutes", "reviewed_on"),
    *("question_count", "related", "same_as", "prerequisites", "sources", "video"),
    *("outline", "key_terms", "html", "digest"),
)


def _minutes(lesson: LessonFile, question_count: int) -> int:
    count = sum(len(words(passage.text)) for passage in lesson.passages)
    reading = count / WORDS_PER_MINUTE[lesson.head.tier]
    return max(1, math.ceil(reading + question_count * MINUTES_PER_QUESTION))


def _save(
    library: Library,
    loaded: LoadedLessons,
    moved: list[Lesson],
    companions: Mapping[str, Companion],
) -> None:
    old = known_passages(loaded.rows[slug] for slug in loaded.changed)
    former: dict[str, dict[str, list[str]]] = {}
    for slug in (*loaded.new, *loaded.changed):
        row, lesson = loaded.rows[slug], library.lessons[slug]
        former[slug] = aliases(old.get(row.pk, []), lesson.passages)
        row.html = rendering.render(lesson, former[slug], companions[slug].check_url)
    Lesson.objects.bulk_create(loaded.rows[slug] for slug in loaded.new)
    changed = [loaded.rows[slug] for slug in loaded.changed]
    Lesson.objects.bulk_update(changed, CHANGEABLE)
    Lesson.objects.bulk_update(
        [row for row in moved if row.slug not in loaded.new], ["number", "retired_at"]
    )
    if former:
        rows = [loaded.rows[slug] for slug in former]
        replace_sections(library, rows, former)
        replace_pictures(library, rows)
        glossary.link_terms(library, rows)


def _retire(rows: Iterable[Lesson]) -> list[str]:
    gone = [row for row in rows if row.retired_at is None]
    if gone:
        Lesson.objects.filter(pk__in=[row.pk for row in gone]).update(
            retired_at=timezone.now()
        )
    return sorted(row.slug for row in gone)
