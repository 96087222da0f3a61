import time
from contextlib import suppress

import pytest

from lessons import reports
from lessons.models import MistakeReport
from lessons.reports import TooManyReports, passage_named, report_mistake
from tests.factories import LessonFactory, PassageFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson():
    return LessonFactory()


def report(lesson, **values):
    given = {
        "lesson": lesson,
        "text": "Kites do not flap.",
        "passage": None,
        "reporter": None,
        "reader": "reader",
        "address": "192.0.2.1",
    }
    return report_mistake(**given | values)


def test_a_report_says_where_and_by_whom(lesson):
    passage, reporter = PassageFactory(section__lesson=lesson), UserFactory()

    report(lesson, passage=passage, reporter=reporter)

    kept = MistakeReport.objects.get()
    assert (kept.lesson, kept.passage_key, kept.text, kept.reporter) == (
        lesson,
        passage.key,
        "Kites do not flap.",
        reporter,
    )


def test_one_reader_is_slowed_and_the_others_are_not(lesson):
    for _ in range(reports.MOST_BY_READER):
        report(lesson)

    with pytest.raises(TooManyReports):
        report(lesson)
    report(lesson, reader="classmate")

    assert MistakeReport.objects.count() == reports.MOST_BY_READER + 1


def test_who_goes_on_trying_is_slowed_for_ten_minutes_only(lesson, monkeypatch):
    start = 1_800_000_000.0  # a window begins
    for minute in range(10):
        monkeypatch.setattr(time, "time", lambda: start + 60 * minute)  # noqa: B023
        with suppress(TooManyReports):
            report(lesson)

    monkeypatch.setattr(time, "time", lambda: start + 600)
    report(lesson)

    assert MistakeReport.objects.count() == reports.MOST_BY_READER + 1


def test_an_address_is_slowed_far_later_than_a_class_needs(lesson, monkeypatch):
    assert reports.MOST_BY_ADDRESS >= 10 * 30
    monkeypatch.setattr(reports, "MOST_BY_ADDRESS", 3)
    for number in range(3):
        report(lesson, reader=f"reader {number}")

    with pytest.raises(TooManyReports):
        report(lesson, reader="one more")
    report(lesson, reader="one more", address="192.0.2.2")


def test_a_passage_is_found_by_its_key_before_any_alias(lesson):
    PassageFactory(section__lesson=lesson, key="idea-2", aliases=["idea-1", "idea-0"])
    first = PassageFactory(section__lesson=lesson, key="idea-1")

    assert passage_named(lesson, "idea-1") == first
    assert passage_named(lesson, "idea-0").key == "idea-2"
    assert passage_named(lesson, "idea-9") is None
    assert passage_named(lesson, "") is None
    assert passage_named(LessonFactory(), "idea-1") is None
