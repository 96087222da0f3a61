import re
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains

from quizzes import reminders
from quizzes.extensions import extend
from quizzes.overrides import change_score, excuse
from quizzes.tasks import send_reminder, send_reminders
from tendril.accounts import erasing
from tendril.accounts.mail import NotSent
from tendril.schedule import SCHEDULE
from tests.factories import AssignmentFactory, LessonFactory, ProgressFactory
from tests.quizzes.taken import given, take

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def student(student):
    student.email = "sam@example.org"
    student.email_confirmed_at = timezone.now()
    student.wants_reminders = True
    student.save()
    return student


@pytest.fixture
def soon(classroom):
    return given(classroom, due_at=timezone.now() + 5 * HOUR)


def reminded_of(student):
    return [standing.assignment for standing in reminders.due_soon(student)]


def test_the_mail_lists_what_is_due_by_the_clock_of_the_class(student, classroom):
    now = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    classroom.time_zone = "Asia/Tokyo"
    classroom.save()
    first = AssignmentFactory(
        classroom=classroom,
        quiz__title="Strings & tails",
        opens_at=now - 9 * HOUR,
        due_at=now + 2 * HOUR,
    )
    with patch("django.utils.timezone.now", return_value=now):
        reminders.send(student.pk)

    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["sam@example.org"], "Due soon on Tendril")
    assert "* Strings & tails, Monday, 23 November, 19:00" in sent.body
    assert f"http://testserver{first.get_absolute_url()}" in sent.body


def test_it_is_told_of_what_ends_within_a_day_and_is_not_done(student, classroom, soon):
    now = timezone.now()
    done = given(classroom, due_at=now + HOUR)
    take(done, student, right=6)
    read = LessonFactory()
    ProgressFactory(student=student, lesson=read, finished_at=now)
    AssignmentFactory(classroom=classroom, quiz=None, lesson=read, due_at=now + HOUR)
    given(classroom, opens_at=now - 9 * HOUR, due_at=now - HOUR)
    given(classroom, due_at=now + 25 * HOUR)
    given(classroom, opens_at=now + HOUR, due_at=now + 2 * HOUR)
    given(classroom)
    closing = given(classroom, closes_at=now + HOUR)
    AssignmentFactory(due_at=now + HOUR)

    assert reminded_of(student) == [closing, soon]


def test_what_is_extended_is_due_when_it_was_extended_to(
    student, classmate, teacher, classroom, soon
):
    now = timezone.now()
    over = {"opens_at": now - 9 * HOUR, "due_at": now - HOUR, "closes_at": now - HOUR}
    before = given(classroom, **over)
    extend(assignment=before, student=student, by=teacher, due_at=now + HOUR)
    extend(assignment=soon, student=student, by=teacher, due_at=now + 48 * HOUR)

    assert reminded_of(student) == [before]
    assert reminded_of(classmate) == [soon]


def test_nobody_is_reminded_of_what_they_are_excused_of(student, teacher, soon):
    excuse(assignment=soon, student=student, by=teacher, reason="Was ill.")

    assert reminded_of(student) == []


def test_nobody_is_reminded_of_what_a_teacher_gave_a_score_for(student, teacher, soon):
    change_score(assignment=soon, student=student, by=teacher, score=3, reason="Oral.")

    assert reminded_of(student) == []


def test_the_mail_comes_at_most_once_a_day(student, classroom, soon):
    for _ in range(2):
        send_reminders()
        reminders.send(student.pk)
    assert (len(mail.outbox), reminders.waiting()) == (1, [])

    student.refresh_from_db()
    student.reminder_sent_on -= timedelta(days=1)
    student.save(update_fields=["reminder_sent_on"])

    assert reminders.waiting() == [student.pk]


def test_the_second_worker_to_come_sends_nothing(student, soon):
    due = reminders.due_soon(student)
    today = timezone.localdate()

    for _ in range(2):
        reminders.MAIL.send(student, {"due": due}, since=today)

    assert len(mail.outbox) == 1


def test_a_day_without_anything_due_is_left_for_what_comes_later(student, classroom):
    reminders.send(student.pk)
    assert (mail.outbox, reminders.waiting()) == ([], [student.pk])

    given(classroom, due_at=timezone.now() + HOUR)
    reminders.send(student.pk)

    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"wants_reminders": False},
        {"email_confirmed_at": None},
        {"email": ""},
        {"is_active": False},
    ],
)
def test_nobody_gets_it_who_did_not_ask_or_confirm(student, soon, change):
    for name, value in change.items():
        setattr(student, name, value)
    student.save()

    reminders.send(student.pk)

    assert (reminders.waiting(), mail.outbox) == ([], [])


def test_who_is_to_be_erased_is_not_written_to(student, soon):
    erasing.ask(person=student, by=student)

    reminders.send(student.pk)

    assert (reminders.waiting(), mail.outbox) == ([], [])


def test_a_server_that_is_away_is_tried_again(student, soon):
    with (
        patch.object(locmem.EmailBackend, "send_messages", side_effect=OSError),
        pytest.raises(NotSent),
    ):
        reminders.send(student.pk)

    assert reminders.waiting() == [student.pk]
    assert NotSent in send_reminder.autoretry_for


def test_one_click_stops_it_and_nothing_else(student, soon):
    student.wants_digest = True
    student.save(update_fields=["wants_digest"])
    reminders.send(student.pk)
    [sent] = mail.outbox
    link = re.fullmatch(r"<(.*)>", sent.extra_headers["List-Unsubscribe"])[1]
    path = link.removeprefix("http://testserver")
    client = Client(enforce_csrf_checks=True)

    shown = client.get(path)
    done = client.post(path, {"List-Unsubscribe": "One-Click"})

    assertContains(shown, "Stop the reminders?")
    assertContains(done, "No reminders will come")
    student.refresh_from_db()
    assert (student.wants_reminders, student.wants_digest) == (False, True)
    assert link in sent.body


def test_it_is_looked_for_once_an_hour():
    entries = [e for e in SCHEDULE.values() if e["task"] == send_reminders.name]

    assert [entry["schedule"] for entry in entries] == [60 * 60]
