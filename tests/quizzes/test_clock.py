from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django.utils.formats import date_format
from pytest_django.asserts import assertContains, assertNotContains

from quizzes import starting
from quizzes.models import Assignment, Attempt
from tests.factories import AssignmentFactory, QuestionFactory, QuizFactory

pytestmark = pytest.mark.django_db
BY_ITSELF = "is handed in by itself"


@pytest.fixture
def assignment(classroom):
    """Without minutes, and for seventeen more days."""
    quiz = QuizFactory(closed=True)
    QuestionFactory.create_batch(2, quiz=quiz)
    closes_at = timezone.now() + timedelta(days=17)
    return AssignmentFactory(
        classroom=classroom, quiz=quiz, at_end=True, closes_at=closes_at
    )


def sit(client, assignment, student):
    attempt = starting.start_assigned(assignment=assignment, student=student)
    client.force_login(student)
    return client.get(attempt.get_absolute_url()), attempt


def test_an_end_on_another_day_is_told_with_its_day_on_both_pages(
    client, assignment, student
):
    page, _ = sit(client, assignment, student)
    rules = client.get(assignment.get_absolute_url())

    moment = date_format(assignment.closes_at, "j F Y, H:i")
    assertContains(page, f"There is time until {moment} (UTC).")
    assertContains(page, BY_ITSELF)
    assertContains(rules, f"Open until {moment} (UTC).")
    assertContains(rules, BY_ITSELF)
    assertNotContains(rules, "no clock is running")


def test_without_minutes_only_the_last_hour_is_counted(client, assignment, student):
    page, _ = sit(client, assignment, student)

    assertContains(page, 'data-counts-from="3600"')


def test_minutes_are_counted_from_the_first_to_the_last(client, assignment, student):
    Assignment.objects.update(minutes=20)
    assignment.refresh_from_db()

    page, _ = sit(client, assignment, student)

    assertContains(page, "data-ends-at=")
    assertNotContains(page, "data-counts-from")


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Pacific/Midway"])
def test_an_end_today_is_told_by_the_clock_of_the_class(
    client, assignment, student, zone
):
    assignment.classroom.time_zone = zone
    assignment.classroom.save()
    _, attempt = sit(client, assignment, student)
    here = timezone.now().astimezone(ZoneInfo(zone))
    today = here.replace(hour=23, minute=59, second=59)
    Attempt.objects.update(ends_at=today)

    page = client.get(attempt.get_absolute_url())

    assertContains(page, f"There is time until 23:59 ({zone}).")


def test_a_due_date_before_the_end_is_told_too_with_what_was_added(
    client, assignment, student, classmate
):
    due_at = timezone.now() + timedelta(days=2)
    later = due_at + timedelta(days=3)
    Assignment.objects.update(due_at=due_at)
    assignment.refresh_from_db()
    assignment.extensions.create(student=classmate, due_at=later)

    for person, moment in ((student, due_at), (classmate, later)):
        page, _ = sit(client, assignment, person)
        words = f"It is due on {date_format(moment, 'j F Y, H:i')};"
        assertContains(page, words)


def test_no_due_date_or_one_after_the_end_is_not_told(client, assignment, student):
    page, attempt = sit(client, assignment, student)
    assertNotContains(page, "It is due on")

    Assignment.objects.update(due_at=assignment.closes_at)
    Attempt.objects.update(ends_at=assignment.closes_at)

    assertNotContains(client.get(attempt.get_absolute_url()), "It is due on")


def test_where_nothing_ends_there_is_no_clock(client, assignment, student):
    Assignment.objects.update(closes_at=None)
    assignment.refresh_from_db()

    page, _ = sit(client, assignment, student)

    assertNotContains(page, "data-ends-at")
    assertContains(client.get(assignment.get_absolute_url()), "no clock is running")
