import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from lessons.models import ProgressEvent, SyncBatch
from tendril.home.hand_overs import hand_overs_of, held_in
from tests.factories import (
    AttemptFactory,
    LessonFactory,
    ProgressEventFactory,
    QuizFactory,
    ResponseFactory,
    SyncBatchFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
OUTLINE = [
    {"id": "idea", "title": "The big idea", "kind": "idea"},
    {"id": "end", "title": "Key takeaway", "kind": "takeaway"},
]


@pytest.fixture
def lesson():
    return LessonFactory(slug="kites", title="How kites fly", outline=OUTLINE)


@pytest.fixture
def reader():
    return UserFactory()


def event(kind, lesson="kites", minute=0, **values):
    return {
        "id": str(uuid.uuid4()),
        "kind": kind,
        "lesson": lesson,
        "happened_at": f"2026-11-02T09:{minute:02}:00Z",
    } | values


def answer(quiz, question="q1", attempt=1):
    return {
        "id": str(uuid.uuid4()),
        "kind": "answered",
        "attempt": str(uuid.UUID(int=attempt)),
        "quiz": quiz,
        "question": question,
        "version": 1,
        "answer": ["right"],
        "happened_at": "2026-11-02T09:00:00Z",
    }


def test_what_a_device_holds_is_told_by_lesson(lesson):
    later = LessonFactory(slug="boats")
    QuizFactory(lesson=later)

    held = held_in(
        [
            answer("end-boats"),
            answer("end-boats"),
            answer("end-boats", "q2"),
            event("reached", passage="end-000002", minute=5),
            event("reached", passage="idea-000001", minute=1),
            event("opened"),
        ]
    )

    assert [entry.lesson for entry in held] == [lesson, later]
    assert held[0].stop.section == "Key takeaway"
    assert not held[0].is_finished
    assert len(held[1].answers) == 2
    assert not ProgressEvent.objects.exists()


def test_what_is_damaged_or_unknown_is_left_out_of_the_telling(lesson):
    assert held_in(["x", None, event("opened", "none"), answer("end-none")]) == []


def test_a_lesson_that_was_read_counts_as_read(lesson):
    (held,) = held_in([event("finished"), event("reached", passage="idea-000001")])

    assert held.is_finished


def test_hand_overs_say_what_they_brought(reader, lesson):
    batch = SyncBatchFactory(student=reader)
    ProgressEventFactory.create_batch(2, student=reader, lesson=lesson, batch=batch)
    attempt = AttemptFactory(student=reader, batch=batch)
    ResponseFactory.create_batch(3, attempt=attempt)
    SyncBatchFactory(student=reader)
    theirs = SyncBatchFactory()
    ProgressEventFactory(student=theirs.student, lesson=lesson, batch=theirs)

    (hand_over,) = hand_overs_of(reader)

    assert hand_over.batch == batch
    assert set(hand_over.lessons) == {lesson, attempt.quiz.lesson}
    assert hand_over.answers == 3
    assert hand_over.may_be_undone


def test_a_hand_over_is_listed_for_a_week_and_undone_once(reader, lesson):
    undone = SyncBatchFactory(student=reader, undone=True)
    ProgressEventFactory(student=reader, lesson=lesson, batch=undone)
    old = SyncBatchFactory(student=reader)
    ProgressEventFactory(student=reader, lesson=lesson, batch=old)
    week_ago = timezone.now() - timedelta(days=7, seconds=1)
    SyncBatch.objects.filter(pk=old.pk).update(received_at=week_ago)

    (listed,) = hand_overs_of(reader)

    assert listed.batch == undone
    assert not listed.may_be_undone


def test_many_hand_overs_cost_what_one_does(reader, lesson, django_assert_num_queries):
    def hand_over():
        batch = SyncBatchFactory(student=reader)
        ProgressEventFactory(student=reader, batch=batch)

    hand_over()
    with django_assert_num_queries(5):
        hand_overs_of(reader)
    hand_over()
    hand_over()

    with django_assert_num_queries(5):
        assert len(hand_overs_of(reader)) == 3
