from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from tendril.accounts import emails
from tests.tutor.mailing import mails_sent
from tutor import consent, methods, renewal
from tutor.models import ConsentEvent
from tutor.purposes import Purpose
from tutor.tasks import remind_of_ends

pytestmark = pytest.mark.django_db


@pytest.fixture
def guardian(guardian):
    emails.take(guardian, "alex@home.example")
    return guardian


def grant(student, by, method=methods.GUARDIAN_ACCOUNT, **more):
    said = {"student": student, "by": by, "purpose": Purpose.EMBEDDED, **more}
    consent.grant(method=method, **said)


@pytest.fixture
def days_later(monkeypatch):
    now = timezone.now()

    def wait(days):
        monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=days))

    return wait


def subjects():
    return [sent.subject for sent in mail.outbox]


@pytest.mark.parametrize(("days", "count"), [(350, 0), (352, 1), (364, 1), (366, 0)])
def test_two_weeks_before_it_ends_the_family_is_told(
    student, guardian, days_later, days, count
):
    grant(student, guardian)
    days_later(days)

    with mails_sent():
        remind_of_ends()

    assert len(mail.outbox) == count


def test_it_is_told_once_and_says_what_to_do(student, guardian, days_later):
    grant(student, guardian)
    days_later(355)

    with mails_sent():
        renewal.remind()
        renewal.remind()

    [sent] = mail.outbox
    assert sent.subject.endswith("the tutor may answer Sam")
    assert "say yes again before that day" in sent.body
    assert consent.is_in_force(student, Purpose.EMBEDDED)


def test_what_was_renewed_does_not_end_soon(student, guardian, days_later):
    grant(student, guardian)
    days_later(355)
    grant(student, guardian)

    with mails_sent():
        renewal.remind()

    assert subjects() == []
    days_later(370)
    assert consent.is_in_force(student, Purpose.EMBEDDED)


def test_while_another_one_holds_longer_nothing_ends(
    student, guardian, teacher, days_later
):
    grant(student, guardian)
    days_later(100)
    grant(student, teacher, methods.IN_PERSON, evidence="Form 12")
    days_later(355)

    with mails_sent():
        renewal.remind()

    assert subjects() == []


def test_what_was_ended_is_not_to_be_renewed(student, guardian, days_later):
    grant(student, guardian)
    consent.withdraw(
        student=student,
        by=guardian,
        relationship=ConsentEvent.Relationship.GUARDIAN,
    )
    days_later(355)

    with mails_sent():
        renewal.remind()

    assert subjects() == []
