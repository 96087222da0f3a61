import threading
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lessons.device import ReadingItem
from lessons.models import Progress, ProgressEvent, SyncBatch
from lessons.progress import TooLateToUndo, finish, merge, save_new, undo
from tests.factories import (
    LessonFactory,
    PassageFactory,
    ProgressEventFactory,
    SyncBatchFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def lesson():
    lesson = LessonFactory(slug="kites")
    PassageFactory(section__lesson=lesson, key="idea-000001", aliases=["idea-0000ff"])
    PassageFactory(section__lesson=lesson, key="idea-000002")
    return lesson


@pytest.fixture
def reader():
    return UserFactory()


@pytest.fixture
def batch(reader):
    return SyncBatchFactory(student=reader)


def item(kind="opened", minute=0, lesson="kites", passage="", **values):
    return ReadingItem(
        id=values.pop("id", None) or uuid.uuid4(),
        kind=kind,
        lesson=lesson,
        passage=passage,
        happened_at=NOON + timedelta(minutes=minute),
        **values,
    )


def statuses(outcomes):
    return [outcome.reason or outcome.status for outcome in outcomes]


def where(student):
    rows = Progress.objects.of(student).order_by("lesson")
    return list(
        rows.values_list(
            "lesson__slug", "opened_at", "last_read_at", "finished_at", "passage_key"
        )
    )


def test_reading_adds_up_to_where_the_student_stands(reader, lesson):
    items = [
        item("opened", 0),
        item("reached", 2, passage="idea-000002"),
        item("reached", 1, passage="idea-000001"),
        item("finished", 5),
        item("finished", 9),
    ]

    outcomes = merge(reader, items, None)

    minute = [NOON + timedelta(minutes=n) for n in range(10)]
    assert statuses(outcomes) == ["added"] * 5
    assert where(reader) == [("kites", minute[0], minute[9], minute[5], "idea-000002")]


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_order_any_splitting_and_any_repeats_end_the_same(data, reader, lesson):
    kept = [
        item("opened", 0),
        item("reached", 3, passage="idea-000001"),
        item("reached", 1, passage="idea-000002"),
        item("finished", 4),
        item("finished", 2),
        item("opened", 6),
    ]
    merge(reader, kept, None)
    expected = where(reader)
    ProgressEvent.objects.all().delete()
    Progress.objects.all().delete()
    sent = data.draw(st.permutations(kept + data.draw(st.permutations(kept))))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(sent)), max_size=4)))

    for start, end in zip([0, *cuts], [*cuts, len(sent)], strict=True):
        merge(reader, sent[start:end], None)

    assert where(reader) == expected
    assert ProgressEvent.objects.count() == len(kept)


def test_what_was_taken_before_is_known(reader, lesson):
    one = item()

    assert statuses(merge(reader, [one, one], None)) == ["added", "known"]
    assert statuses(merge(reader, [one], None)) == ["known"]
    assert ProgressEvent.objects.count() == 1


def test_each_item_that_cannot_be_taken_says_why_and_sinks_no_other(reader, lesson):
    theirs = ProgressEventFactory()
    items = [
        item(lesson="no-such-lesson"),
        item("reached", passage="idea-999999"),
        item("reached"),
        item(id=theirs.pk),
        item(),
    ]

    outcomes = merge(reader, items, None)

    assert statuses(outcomes) == [
        "unknown-lesson",
        "unknown-passage",
        "unknown-passage",
        "refused",
        "added",
    ]
    assert not Progress.objects.of(theirs.student).exists()


def test_a_passage_goes_by_its_present_key(reader, lesson):
    merge(reader, [item("reached", passage="idea-0000ff")], None)

    assert Progress.objects.get().passage_key == "idea-000001"


def test_a_passage_of_another_lesson_is_unknown(reader, lesson):
    PassageFactory(key="other-000001")

    outcomes = merge(reader, [item("reached", passage="other-000001")], None)

    assert statuses(outcomes) == ["unknown-passage"]


def test_reading_of_a_lesson_that_was_taken_down_is_kept(reader):
    LessonFactory(slug="kites", retired=True)

    assert statuses(merge(reader, [item("finished")], None)) == ["added"]


def test_a_clock_that_runs_ahead_does_not_reach_into_the_future(reader, lesson):
    before = timezone.now()

    merge(reader, [item(minute=60 * 24 * 365 * 10)], None)

    event = ProgressEvent.objects.get()
    assert before <= event.happened_at <= event.received_at


def test_an_id_taken_at_the_same_moment_sinks_no_other(lesson):
    theirs = ProgressEventFactory()
    ours = [
        ProgressEventFactory.build(id=pk, student=UserFactory(), lesson=lesson)
        for pk in (theirs.pk, uuid.uuid4())
    ]

    taken = save_new(ours)

    assert taken == {theirs.pk}
    assert set(ProgressEvent.objects.all()) == {theirs, ours[1]}
    assert ProgressEvent.objects.get(pk=theirs.pk).student == theirs.student


def test_a_thousand_events_take_few_queries(reader, django_assert_max_num_queries):
    for number in range(40):
        PassageFactory(section__lesson__slug=f"lesson-{number}", key="idea-000001")
    items = [
        item("reached", n % 60, lesson=f"lesson-{n % 40}", passage="idea-000001")
        for n in range(1000)
    ]

    with django_assert_max_num_queries(30):
        outcomes = merge(reader, items, None)

    assert statuses(outcomes) == ["added"] * 1000
    assert Progress.objects.of(reader).count() == 40


def test_marking_a_lesson_as_read_twice_keeps_the_first_time(reader, lesson):
    finish(reader, lesson)
    first = Progress.objects.get().finished_at

    finish(reader, lesson)

    assert Progress.objects.get().finished_at == first
    assert ProgressEvent.objects.count() == 1


def test_undoing_leaves_what_came_another_way(reader, lesson, batch):
    merge(reader, [item("opened", 5)], None)
    merge(reader, [item("opened", 0), item("finished", 1)], batch)
    merge(reader, [item(lesson=LessonFactory(slug="boats").slug)], batch)

    undo(batch)

    minute = NOON + timedelta(minutes=5)
    assert where(reader) == [("kites", minute, minute, None, "")]
    assert ProgressEvent.objects.count() == 4


def test_undoing_twice_changes_nothing(reader, lesson, batch):
    merge(reader, [item("finished")], batch)
    undo(batch)
    first = SyncBatch.objects.get().undone_at

    undo(batch)

    assert SyncBatch.objects.get().undone_at == first


def test_after_a_week_a_batch_stays(reader, lesson, batch):
    merge(reader, [item("finished")], batch)
    long_ago = timezone.now() - timedelta(days=7, seconds=1)
    SyncBatch.objects.update(received_at=long_ago)
    batch.refresh_from_db()

    with pytest.raises(TooLateToUndo):
        undo(batch)

    assert Progress.objects.of(reader).finished().count() == 1


def test_what_was_undone_is_not_added_by_sending_it_again(reader, lesson, batch):
    one = item("finished")
    merge(reader, [one], batch)
    undo(batch)

    outcomes = merge(reader, [one], None)

    assert statuses(outcomes) == ["undone"]
    assert where(reader) == []


@pytest.mark.django_db(transaction=True)
def test_the_same_events_from_two_tabs_at_once_are_kept_once(reader, lesson):
    items = [item("reached", n, passage="idea-000001") for n in range(20)]
    found, start = [], threading.Barrier(4)

    def tab(order):
        start.wait()
        try:
            found.extend(statuses(merge(reader, order, None)))
        finally:
            connection.close()

    tabs = [
        threading.Thread(target=tab, args=[order])
        for order in (items, items[::-1], items[10:], items[:10])
    ]
    for thread in tabs:
        thread.start()
    for thread in tabs:
        thread.join()

    assert sorted(found) == ["added"] * 20 + ["known"] * 40
    assert ProgressEvent.objects.count() == 20
    assert Progress.objects.get().last_read_at == NOON + timedelta(minutes=19)
