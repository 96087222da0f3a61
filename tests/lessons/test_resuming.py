from datetime import timedelta

import pytest
from django.utils import timezone

from lessons.models import Tier
from lessons.resuming import Place, lesson_after, reading_of, stop_in
from tests.factories import LessonFactory, ProgressFactory, TrackFactory, UserFactory

OUTLINE = [
    {"id": "big", "title": "Big things", "kind": "idea"},
    {"id": "big-idea", "title": "The big idea", "kind": "idea"},
]


@pytest.fixture
def reader(db):
    return UserFactory()


@pytest.fixture
def track(db):
    return TrackFactory()


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("big-idea-3f9a1c", "The big idea"),
        ("big-idea-3f9a1c-2", "The big idea"),
        ("big-3f9a1c", "Big things"),
        ("bigger-3f9a1c", ""),
        ("", ""),
    ],
)
def test_a_stop_is_named_by_its_section(key, title):
    lesson = LessonFactory.build(outline=OUTLINE)

    assert Place.at(lesson, key).section == title


def test_a_stop_leads_to_its_passage_until_the_lesson_is_read(reader):
    lesson = LessonFactory(outline=OUTLINE, slug="kites")
    progress = ProgressFactory(
        student=reader, lesson=lesson, passage_key="big-idea-3f9a1c"
    )

    assert stop_in(lesson, progress).url == "/learn/lesson/kites/#big-idea-3f9a1c"

    progress.finished_at = timezone.now()
    assert stop_in(lesson, progress) is None


@pytest.mark.parametrize("key", ["", "gone-3f9a1c"])
def test_without_a_place_there_is_nowhere_to_go_on(reader, key):
    lesson = LessonFactory(outline=OUTLINE)
    progress = ProgressFactory(student=reader, lesson=lesson, passage_key=key)

    assert stop_in(lesson, progress) is None


def test_reading_is_one_s_own_with_the_latest_first(reader):
    now = timezone.now()
    earlier, later = (
        ProgressFactory(student=reader, last_read_at=now - timedelta(hours=hours))
        for hours in (2, 1)
    )
    read = ProgressFactory(student=reader, finished=True)
    ProgressFactory()
    ProgressFactory(finished=True)

    reading = reading_of(reader)

    assert [p.lesson for p in reading.unfinished] == [later.lesson, earlier.lesson]
    assert reading.finished == [read]


def test_a_lesson_taken_down_is_not_gone_on_with_but_stays_read(reader):
    gone = LessonFactory(retired=True)
    ProgressFactory(student=reader, lesson=gone)
    read = ProgressFactory(student=reader, lesson__retired=True, finished=True)

    reading = reading_of(reader)

    assert (reading.unfinished, reading.finished) == ([], [read])


def test_the_next_lesson_is_the_next_of_the_track_not_yet_begun(reader, track):
    first, begun, third, _fourth = LessonFactory.create_batch(4, track=track)
    ProgressFactory(student=reader, lesson=first, finished=True)
    ProgressFactory(student=reader, lesson=begun)
    ProgressFactory(lesson=third, finished=True)

    assert lesson_after(first, reader) == third


def test_after_a_track_the_tier_goes_on_elsewhere(reader, track):
    elsewhere = LessonFactory(tier=Tier.BUILDERS)
    read = LessonFactory(tier=Tier.BUILDERS, track=track)
    LessonFactory(tier=Tier.CREATORS, track=track)
    LessonFactory(tier=Tier.BUILDERS, track=track, language="es")
    LessonFactory(tier=Tier.BUILDERS, track=track, retired=True)
    ProgressFactory(student=reader, lesson=read, finished=True)

    assert lesson_after(read, reader) == elsewhere


def test_when_all_is_read_nothing_is_next(reader):
    read = ProgressFactory(student=reader, finished=True).lesson

    assert lesson_after(read, reader) is None
