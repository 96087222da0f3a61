import re
from unittest.mock import patch

import pytest
from celery import Celery
from django.core import mail
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone
from kombu.exceptions import OperationalError

from tendril.accounts import emails, erasing, guardians
from tests.factories import GuardianshipFactory, UserFactory
from tests.tutor.mailing import mails_sent
from tutor import consent, email_plus, methods
from tutor.models import ConsentEvent
from tutor.purposes import Purpose

pytestmark = pytest.mark.django_db

GUARDIAN = ConsentEvent.Relationship.GUARDIAN


@pytest.fixture
def guardian(guardian):
    """Reads mail, and wants some about the children."""
    emails.take(guardian, "alex@home.example")
    guardian.wants_digest = True
    guardian.save()
    return guardian


def ask(student):
    consent.request(student=student, purpose=Purpose.EMBEDDED)


def grant(student, by, **more):
    said = {"purpose": Purpose.EMBEDDED, "method": methods.GUARDIAN_ACCOUNT, **more}
    consent.grant(student=student, by=by, **said)


def told():
    return [(sent.to, sent.subject) for sent in mail.outbox]


def test_asking_a_grown_up_writes_to_them_once(student, guardian):
    with mails_sent():
        ask(student)
        ask(student)

    [sent] = mail.outbox
    assert sent.to == ["alex@home.example"]
    assert sent.subject == "Sam asks whether the tutor may answer"
    page = reverse("tutor:family", args=[student.pk])
    for line in (
        "Hello Alex,",
        "Who receives it",
        "You can say no",
        f"http://testserver{page}",
    ):
        assert line in sent.body.splitlines()


@pytest.mark.parametrize("what", ["grant", "withdraw", "request", "link"])
def test_what_is_kept_stands_where_no_queue_takes_the_mail(student, guardian, what):
    said = {
        "grant": lambda: grant(student, guardian),
        "withdraw": lambda: consent.withdraw(
            student=student, by=guardian, relationship=GUARDIAN
        ),
        "request": lambda: ask(student),
        "link": lambda: email_plus.ask(student=student, guardian=guardian),
    }
    if what == "withdraw":
        grant(student, guardian)
    broker_down = patch.object(Celery, "send_task", side_effect=OperationalError)
    with broker_down as tried, TestCase.captureOnCommitCallbacks(execute=True):
        said[what]()

    assert tried.call_count == 1


def test_nothing_is_sent_before_it_is_kept(
    student, guardian, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as queued:
        ask(student)
        grant(student, guardian)

    assert (len(queued), mail.outbox) == (2, [])


@pytest.mark.parametrize("trait", ["pending", "barred"])
def test_only_a_guardian_whose_word_counts_is_asked(student, trait):
    person = UserFactory(with_address=True, wants_digest=True)
    GuardianshipFactory(student=student, guardian=person, **{trait: True})

    with mails_sent():
        ask(student)

    assert told() == []


def test_who_wants_no_mail_about_children_finds_the_question_at_home(student, guardian):
    guardian.wants_digest = False
    guardian.save()

    with mails_sent():
        ask(student)

    assert told() == []


def test_an_address_that_is_not_confirmed_is_not_written_to(student, guardian):
    guardian.email_confirmed_at = None
    guardian.save()

    with mails_sent():
        ask(student)
        grant(student, guardian)

    assert told() == []


def test_a_question_that_was_answered_meanwhile_is_not_asked(student, guardian):
    with mails_sent():
        ask(student)
        consent.withdraw(student=student, by=guardian, relationship=GUARDIAN)

    assert told() == []


def test_whoever_is_barred_before_it_is_sent_gets_nothing(student, guardian):
    with mails_sent():
        ask(student)
        guardians.bar(student.guardianships.get(), by=UserFactory(admin=True))

    assert told() == []


def test_nothing_is_written_about_a_child_who_is_to_be_erased(student, guardian):
    with mails_sent():
        ask(student)
    erasing.ask(person=student, by=student)
    mail.outbox.clear()

    with mails_sent():
        grant(student, guardian)

    assert told() == []


def test_each_guardian_reads_what_was_granted_and_until_when(student, guardian):
    other = UserFactory(with_address=True)
    GuardianshipFactory(student=student, guardian=other)

    with mails_sent():
        grant(student, guardian)

    assert {sent.to[0] for sent in mail.outbox} == {"alex@home.example", other.email}
    ends = ConsentEvent.objects.last().expires_at
    for line in (
        "* For: answers made on this server",
        "* Said by: parent or guardian",
        f"* Until: {ends.day} {ends:%B %Y}",
        f"http://testserver{reverse('tutor:family', args=[student.pk])}",
    ):
        assert line in mail.outbox[0].body.splitlines()


def test_a_mail_tells_of_the_end_once(student, guardian):
    grant(student, guardian)

    with mails_sent():
        for _time in range(2):
            consent.withdraw(student=student, by=guardian, relationship=GUARDIAN)

    [sent] = mail.outbox
    assert sent.subject == "The tutor answers Sam no more"
    assert "* Ended: answers made on this server" in sent.body.splitlines()


def test_a_no_to_what_was_never_allowed_needs_no_mail(student, guardian):
    with mails_sent():
        consent.withdraw(student=student, by=guardian, relationship=GUARDIAN)

    assert told() == []


def test_a_form_recorded_by_the_school_is_told_to_the_family(
    student, guardian, teacher
):
    with mails_sent():
        grant(student, teacher, method=methods.IN_PERSON, evidence="Form 12")

    [sent] = mail.outbox
    assert "* Said by: school" in sent.body.splitlines()
    assert "Form 12" not in sent.body


def test_grown_up_students_get_the_mail_themselves():
    grown = UserFactory(with_address=True, display_name="Jo")

    with mails_sent():
        grant(grown, grown, method=methods.ADULT_SELF)

    assert told() == [([grown.email], "The tutor may answer Jo")]


def test_a_site_without_mail_queues_none(
    student, guardian, settings, django_capture_on_commit_callbacks
):
    settings.SENDS_MAIL = False

    with django_capture_on_commit_callbacks() as queued:
        ask(student)
        grant(student, guardian)

    assert queued == []


def test_the_way_to_get_no_more_of_it_stands_in_it(client, student, guardian):
    with mails_sent():
        ask(student)
    link = re.search(r"http://testserver(/\S+stop\S*)", mail.outbox[0].body)[1]

    client.post(link)

    guardian.refresh_from_db()
    assert not guardian.wants_digest
    assert guardian.email_confirmed_at <= timezone.now()
