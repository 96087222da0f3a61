import uuid
from datetime import UTC, datetime

import pytest

from lessons.device import FIRST_DAY, AnsweredItem, Outcome, ReadingItem, read_item

ID = "0b0e7a64-5a3c-4a7e-9a3e-5a54f1b1a001"
NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
READING = {
    "id": ID,
    "kind": "reached",
    "lesson": "how-kites-fly",
    "passage": "big-idea-3f9a1c",
    "happened_at": "2026-11-02T09:00:00.000Z",
}
ANSWERED = {
    "id": ID,
    "kind": "answered",
    "attempt": "0b0e7a64-5a3c-4a7e-9a3e-5a54f1b1a002",
    "quiz": "end-how-kites-fly",
    "question": "q1",
    "version": 1,
    "answer": ["3f9a1c"],
    "with_hint": False,
    "happened_at": "2026-11-02T09:00:00Z",
}


def test_what_browsers_send_is_read():
    reading, answered = read_item(READING), read_item(ANSWERED)

    assert isinstance(reading, ReadingItem)
    assert reading.id == uuid.UUID(ID)
    assert reading.happened_at == datetime(2026, 11, 2, 9, tzinfo=UTC)
    assert isinstance(answered, AnsweredItem)
    assert answered.answer == ["3f9a1c"]


@pytest.mark.parametrize(
    "change",
    [
        {"id": "not-an-id"},
        {"id": 7},
        {"kind": "liked"},
        {"kind": ["reached"]},
        {"lesson": ""},
        {"lesson": "two words"},
        {"lesson": "nul\x00"},
        {"lesson": "line\n"},
        {"lesson": "x" * 91},
        {"passage": "half a pair \ud800"},
        {"passage": None},
        {"happened_at": None},
        {"happened_at": 1_700_000_000},
        {"happened_at": "yesterday"},
        {"happened_at": "2026-11-02T09:00:00"},
        {"happened_at": float("nan")},
        {"points": 100},
    ],
    ids=str,
)
def test_reading_that_is_damaged_is_named_by_its_id(change):
    damaged = READING | change

    outcome = read_item(damaged)

    claimed = damaged["id"] if isinstance(damaged["id"], str) else ""
    assert (outcome.id, outcome.status, outcome.reason) == (
        claimed,
        "rejected",
        "garbled",
    )


@pytest.mark.parametrize(
    "change",
    [
        {"version": "1"},
        {"version": 0},
        {"version": True},
        {"version": 10**30},
        {"answer": "3f9a1c"},
        {"answer": [1]},
        {"answer": ["x"] * 31},
        {"with_hint": 1},
        {"attempt": ID[:-1]},
        {"points": 1},
        {"is_right": True},
    ],
    ids=str,
)
def test_an_answer_that_is_damaged_or_brings_its_own_mark_is_refused(change):
    assert read_item(ANSWERED | change).reason == "garbled"


@pytest.mark.parametrize("raw", [None, 5, "text", [], {}, [READING]], ids=str)
def test_what_is_no_item_at_all_has_no_id(raw):
    assert read_item(raw) == Outcome("", "rejected", "garbled")


def test_an_item_nested_without_end_is_only_damaged():
    deep = []
    for _ in range(100_000):
        deep = [deep]

    assert read_item(READING | {"passage": deep}).reason == "garbled"


@pytest.mark.parametrize(
    ("said", "believed"),
    [
        ("2026-11-02T10:00:00+02:00", datetime(2026, 11, 2, 8, tzinfo=UTC)),
        ("2031-01-01T00:00:00Z", NOW),
        ("9999-12-31T23:59:59-23:59", NOW),
        ("1970-01-01T00:00:00Z", FIRST_DAY),
        ("0001-01-01T00:00:00+23:59", FIRST_DAY),
    ],
)
def test_a_clock_is_believed_between_the_first_day_and_now(said, believed):
    item = read_item(READING | {"happened_at": said})

    assert item.moment(NOW) == believed
    assert item.moment(NOW).tzinfo is UTC
