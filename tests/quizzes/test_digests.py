import re
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains

from quizzes import digests
from quizzes.tasks import send_digest
from tendril.accounts.mail import NotSent
from tests.factories import (
    AssignmentFactory,
    GuardianshipFactory,
    LessonFactory,
    OverrideFactory,
    PassageFactory,
    ProgressFactory,
    QuestionFactory,
    ResponseFactory,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture
def guardian(guardian):
    guardian.email = "alex@example.org"
    guardian.email_confirmed_at = timezone.now()
    guardian.wants_digest = True
    guardian.save()
    return guardian


def test_the_mail_says_what_the_family_page_says(guardian, student, classroom):
    lesson = LessonFactory(title="How kites fly & why")
    passage = PassageFactory(section__lesson=lesson, text="A kite leans on the wind.")
    ProgressFactory(student=student, lesson=lesson, last_read_at=timezone.now())
    question = QuestionFactory(quiz__lesson=lesson, passages=[passage.key])
    ResponseFactory(
        attempt__student=student, attempt__quiz=question.quiz, question=question
    )
    given = AssignmentFactory(classroom=classroom, quiz__title="Strings")
    since = {"opens_at": NOON - timedelta(days=1), "due_at": NOON}
    AssignmentFactory(classroom=classroom, quiz=given.quiz, **since)
    for title, said in [("Knots", {"excused": True}), ("Tails", {"score": 2})]:
        other = AssignmentFactory(classroom=classroom, quiz__title=title)
        QuestionFactory.create_batch(3, quiz=other.quiz)
        OverrideFactory(assignment=other, student=student, **said)

    digests.send(guardian.pk)

    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["alex@example.org"], "The week on Tendril")
    for line in (
        "Sam",
        "  - How kites fly & why (begun)",
        "  - A kite leans on the wind. (How kites fly & why)",
        "  - Strings",
        "  - Strings #2, 27 November, 12:00 (overdue)",
        "* Decided by a teacher:",
        "  - Knots: excused",
        "  - Tails: 2 of 3",
        "* To ask at dinner: What was new to you in “How kites fly & why”?",
        "http://testserver/family/",
    ):
        assert line in sent.body.splitlines()


def test_the_mail_comes_once_a_week(guardian):
    digests.send(guardian.pk)
    digests.send(guardian.pk)
    assert (len(mail.outbox), digests.waiting()) == (1, [])

    guardian.refresh_from_db()
    guardian.digest_sent_on -= timedelta(days=7)
    guardian.save(update_fields=["digest_sent_on"])

    assert digests.waiting() == [guardian.pk]


@pytest.mark.parametrize(
    ("today", "is_waiting"),
    [
        (date(2026, 11, 26), False),
        (date(2026, 11, 27), True),
        (date(2026, 11, 29), True),
    ],
    ids=["Thursday", "Friday", "Sunday, after the site was off"],
)
def test_it_comes_from_friday_on(guardian, today, is_waiting):
    guardian.digest_sent_on = date(2026, 11, 20)
    guardian.save(update_fields=["digest_sent_on"])

    with patch("django.utils.timezone.localdate", return_value=today):
        assert bool(digests.waiting()) is is_waiting


@pytest.mark.parametrize(
    "change",
    [
        {"wants_digest": False},
        {"email_confirmed_at": None},
        {"is_active": False},
    ],
)
def test_nobody_gets_it_who_did_not_ask_or_confirm(guardian, change):
    for name, value in change.items():
        setattr(guardian, name, value)
    guardian.save()

    digests.send(guardian.pk)

    assert (digests.waiting(), mail.outbox) == ([], [])


def test_nothing_is_told_of_a_child_who_is_not_ones_own(guardian, student, classmate):
    GuardianshipFactory(guardian=guardian, student=classmate, pending=True)
    guardian.wardships.filter(student=student).update(barred_at=timezone.now())

    digests.send(guardian.pk)

    assert mail.outbox == []


def test_a_server_that_is_away_is_tried_again(guardian):
    with (
        patch.object(locmem.EmailBackend, "send_messages", side_effect=OSError),
        pytest.raises(NotSent),
    ):
        digests.send(guardian.pk)

    assert digests.waiting() == [guardian.pk]
    assert NotSent in send_digest.autoretry_for


def test_one_click_stops_it_signed_out(guardian):
    digests.send(guardian.pk)
    [sent] = mail.outbox
    link = re.fullmatch(r"<(.*)>", sent.extra_headers["List-Unsubscribe"])[1]
    path = link.removeprefix("http://testserver")
    client = Client(enforce_csrf_checks=True)

    shown = client.get(path)
    guardian.refresh_from_db()
    assert guardian.wants_digest
    done = client.post(path, {"List-Unsubscribe": "One-Click"})

    assertContains(shown, "Stop the weekly mail?")
    assertContains(done, "No weekly mail will come")
    guardian.refresh_from_db()
    assert not guardian.wants_digest
    assert link in sent.body
    click = sent.extra_headers["List-Unsubscribe-Post"]
    assert click == "List-Unsubscribe=One-Click"


def test_a_made_up_link_stops_nobodys(client, guardian):
    response = client.post(f"/account/email/stop/{guardian.pk}:made-up/")

    assertContains(response, "This link does not work", status_code=404)
    guardian.refresh_from_db()
    assert guardian.wants_digest
