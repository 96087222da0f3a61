from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from pytest_django.asserts import assertContains, assertRedirects

from quizzes import calendar_feed
from quizzes.extensions import extend
from quizzes.models import CalendarFeed
from tendril.accounts import erasing
from tests.factories import AssignmentFactory, LessonFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
SOON = datetime(2199, 1, 31, 20, 0, tzinfo=UTC)
PAGE = reverse("quizzes:calendar")


@pytest.fixture
def address(student):
    calendar_feed.switch_on(student)
    return address_of(student)


def address_of(person):
    return reverse("quizzes:calendar_feed", args=[person.calendar_feed.secret])


def events(client, address):
    body = client.get(address).content
    assert body.count(b"\n") == body.count(b"\r\n")
    return {
        str(event["summary"]): event["dtstart"].dt
        for event in Calendar.from_ical(body).walk("VEVENT")
    }


def test_the_feed_holds_titles_and_due_dates_and_no_names(
    client, classroom, student, address
):
    AssignmentFactory(
        classroom=classroom, quiz__title="Kites; strings, tails", due_at=SOON
    )
    AssignmentFactory(
        classroom=classroom,
        quiz=None,
        lesson=LessonFactory(title="How wind blows"),
        closes_at=SOON + DAY,
    )
    AssignmentFactory(classroom=classroom)

    found = events(client, address)

    assert found == {
        "Kites; strings, tails": SOON,
        "How wind blows": SOON + DAY,
    }
    body = client.get(address).content.decode()
    assert "DTSTART:21990131T200000Z" in body
    for name in ("Sam", "student", "Room 12", "Ms Field"):
        assert name not in body


def test_long_titles_are_folded_as_the_standard_asks(client, classroom, address):
    title = "Why kites fly " * 9 + "🪁"
    AssignmentFactory(classroom=classroom, quiz__title=title, due_at=SOON)

    body = client.get(address).content

    assert max(len(line) for line in body.split(b"\r\n")) <= 75
    assert list(events(client, address)) == [title]


def test_what_is_not_open_yet_or_was_due_long_ago_is_left_out(
    client, classroom, student, address
):
    now = timezone.now()
    AssignmentFactory(classroom=classroom, opens_at=now + DAY, due_at=now + 2 * DAY)
    AssignmentFactory(
        classroom=classroom, opens_at=now - 99 * DAY, due_at=now - 90 * DAY
    )
    AssignmentFactory(due_at=SOON)

    assert events(client, address) == {}


def test_it_tells_when_it_is_due_for_this_student(
    client, classroom, student, classmate, teacher, address
):
    given = AssignmentFactory(classroom=classroom, due_at=SOON)
    extend(assignment=given, student=student, by=teacher, due_at=SOON + DAY)
    calendar_feed.switch_on(classmate)

    mine, other = (events(client, address_of(who)) for who in (student, classmate))

    assert (mine, other) == ({given.title: SOON + DAY}, {given.title: SOON})


def test_whoever_left_the_class_has_an_empty_calendar(
    client, classroom, student, address
):
    AssignmentFactory(classroom=classroom, due_at=SOON)
    student.enrolments.all().delete()

    assert events(client, address) == {}


def test_what_has_not_changed_is_not_sent_again(client, classroom, address):
    given = AssignmentFactory(classroom=classroom, due_at=SOON)
    first = client.get(address)
    tag = {"If-None-Match": first["ETag"]}

    again = client.get(address, headers=tag)
    given.due_at = SOON + DAY
    given.save()
    changed = client.get(address, headers=tag)

    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert first["Cache-Control"] == "private, max-age=900"
    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200
    assert not first.cookies


def test_a_feed_is_switched_on_renewed_and_off(client, student):
    client.force_login(student)

    for _ in range(2):
        response = client.post(PAGE, {"action": "on"}, follow=True)
        assertRedirects(response, PAGE)
        assertContains(response, student.calendar_feed.secret)
    old = address_of(student)
    client.post(PAGE, {"action": "renew"})
    new = address_of(CalendarFeed.objects.get().person)
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    for _ in range(2):
        client.post(PAGE, {"action": "off"})

    assert client.get(new).status_code == 404
    assertContains(client.get(PAGE), "It is off")


def test_what_is_no_button_changes_nothing(client, student, address):
    client.force_login(student)

    response = client.post(PAGE, {"action": "delete"})

    assertContains(response, "Choose one of the buttons.", status_code=422)
    assert CalendarFeed.objects.exists()


def test_the_feed_of_somebody_to_be_erased_is_gone(client, student, address):
    erasing.ask(person=student, by=student)

    assert client.get(address).status_code == 404


def test_the_feed_of_a_closed_account_is_gone(client, student, address):
    student.is_active = False
    student.save()

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("many", [1, 30])
def test_a_feed_costs_the_same_for_any_number(
    client, classroom, address, django_assert_max_num_queries, many
):
    for _ in range(many):
        AssignmentFactory(classroom=classroom, due_at=SOON, lesson=LessonFactory())

    with django_assert_max_num_queries(6):
        client.get(address)
