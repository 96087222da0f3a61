import json
import threading
import uuid

import pytest
from django.db import connection

from lessons.delivery import Delivery, TooManyEvents, Unreadable, read
from lessons.models import Progress, ProgressEvent, SyncBatch
from quizzes.models import Response
from tendril.home import syncing
from tests.factories import (
    LessonFactory,
    PassageFactory,
    QuestionFactory,
    QuizFactory,
    SyncBatchFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz():
    lesson = LessonFactory(slug="kites")
    PassageFactory(section__lesson=lesson, key="idea-000001")
    question = QuestionFactory(quiz__lesson=lesson, key="q1")
    return question.quiz


@pytest.fixture
def reader(quiz):
    return UserFactory()


def reading(kind="opened", **values):
    return {
        "id": str(uuid.uuid4()),
        "kind": kind,
        "lesson": "kites",
        "happened_at": "2026-11-02T09:00:00Z",
    } | values


def answered(**values):
    return {
        "id": str(uuid.uuid4()),
        "kind": "answered",
        "attempt": str(uuid.UUID(int=1)),
        "quiz": "end-kites",
        "question": "q1",
        "version": 1,
        "answer": ["right"],
        "with_hint": False,
        "happened_at": "2026-11-02T09:00:00Z",
    } | values


def send(student, events, batch=None):
    outcomes = syncing.take(student, Delivery(batch=batch, events=events))
    return [outcome.reason or outcome.status for outcome in outcomes]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"batch": null}',
        b'{"events": {}}',
        b'{"events": [], "batch": "today"}',
        b'{"events": [], "reader": 5}',
        b'\xff\xfe{"events": []}',
        b"[" * 100_000,
    ],
)
def test_a_body_of_another_shape_is_unreadable(body):
    with pytest.raises(Unreadable):
        read(body)


def test_a_thousand_events_are_read_and_one_more_is_too_many():
    body = {"batch": None, "events": [{}] * 1000}
    assert len(read(json.dumps(body).encode()).events) == 1000
    body["events"].append({})

    with pytest.raises(TooManyEvents):
        read(json.dumps(body).encode())


def test_outcomes_come_in_the_order_of_the_events_whatever_keeps_them(reader):
    known = reading()
    send(reader, [known])

    said = send(
        reader,
        [answered(), reading(), "garbage", known, answered(quiz="none"), reading("x")],
    )

    assert said == ["added", "added", "garbled", "known", "unknown-quiz", "garbled"]
    assert ProgressEvent.objects.count() == 2
    assert Response.objects.get().points == 1


def test_answers_are_marked_here_and_a_mark_that_comes_along_is_refused(reader):
    said = send(reader, [answered(points=5), answered(answer=["wrong"])])

    assert said == ["garbled", "added"]
    assert Response.objects.get().points == 0


def test_a_batch_may_come_in_parts(reader):
    batch = uuid.uuid4()

    send(reader, [reading()], batch)
    send(reader, [reading("finished"), answered()], batch)

    kept = SyncBatch.objects.get()
    assert (kept.pk, kept.student) == (batch, reader)
    assert kept.progress_events.count() == 2
    assert kept.attempts.count() == 1


def test_somebody_elses_batch_takes_nothing(reader):
    theirs = SyncBatchFactory()

    said = send(reader, [reading(), 5, answered()], theirs.pk)

    assert said == ["refused", "garbled", "refused"]
    assert not ProgressEvent.objects.exists()
    assert not Response.objects.exists()


def test_a_batch_that_was_undone_takes_nothing_more(reader):
    undone = SyncBatchFactory(student=reader, undone=True)

    assert send(reader, [reading()], undone.pk) == ["undone"]
    assert not Progress.objects.exists()


def test_a_thousand_events_of_all_kinds_are_taken_at_once(reader):
    for number in range(9):
        question = QuestionFactory(quiz=QuizFactory(lesson__slug=f"l{number}"), key="q")
        PassageFactory(section__lesson=question.quiz.lesson, key="idea-000001")
    events = [
        reading("reached", lesson=f"l{n % 9}", passage="idea-000001")
        for n in range(900)
    ] + [
        answered(quiz=f"end-l{n % 9}", question="q", attempt=str(uuid.UUID(int=n + 2)))
        for n in range(100)
    ]

    said = send(reader, events, uuid.uuid4())

    assert said == ["added"] * 1000
    assert Progress.objects.of(reader).count() == 9


@pytest.mark.django_db(transaction=True)
def test_two_devices_at_once_lose_nothing_and_double_nothing(reader):
    shared = [reading("reached", passage="idea-000001") for _ in range(10)]
    answers = [answered(attempt=str(uuid.UUID(int=n + 1))) for n in range(3)]
    start, said = threading.Barrier(3), []

    def device(events):
        start.wait()
        try:
            said.extend(send(reader, events, uuid.uuid4()))
        finally:
            connection.close()

    devices = [
        threading.Thread(target=device, args=[events])
        for events in (shared + answers, answers[::-1] + shared[::-1], shared[5:])
    ]
    for thread in devices:
        thread.start()
    for thread in devices:
        thread.join()

    assert sorted(said) == ["added"] * 13 + ["known"] * 18
    assert ProgressEvent.objects.count() == 10
    assert Response.objects.count() == 3
