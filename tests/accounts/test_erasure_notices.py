import pytest
from django.core import mail
from django.utils import timezone

from tendril.accounts import emails, erasing, guardians, letters
from tests.factories import GuardianshipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def bond(student):
    alex = UserFactory(username="alex", display_name="Alex & Toni", with_address=True)
    return GuardianshipFactory(student=student, guardian=alex)


def test_a_guardian_with_an_address_is_written_to_once(
    bond, student, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as queued:
        erasing.ask(person=student, by=student)
        erasing.ask(person=student, by=student)

    assert (len(queued), mail.outbox) == (1, [])


NOT_TOLD = [
    {"guardian__adult": True},
    {"guardian__with_address": True, "pending": True},
    {"guardian__with_address": True, "barred": True},
    {"guardian__with_address": True, "guardian__sealed_at": timezone.now()},
    {"guardian__with_address": True, "guardian__is_active": False},
]


@pytest.mark.parametrize("how", NOT_TOLD)
def test_who_has_no_address_or_no_say_is_not_written_to(
    student, how, django_capture_on_commit_callbacks
):
    GuardianshipFactory(student=student, **how)

    with django_capture_on_commit_callbacks() as queued:
        erasing.ask(person=student, by=student)

    assert queued == []


def test_who_asked_needs_no_mail(bond, student, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as queued:
        erasing.ask(person=student, by=bond.guardian)

    assert queued == []


def test_the_mail_says_who_and_when_and_how_to_call_it_off(bond, student):
    asked = erasing.ask(person=student, by=student)

    letters.send_erasure_notice(asked.pk, bond.pk)

    [sent] = mail.outbox
    assert sent.to == ["alex@home.example"]
    assert sent.subject == "The account of Sam is to be erased"
    assert sent.body.startswith("Hello Alex & Toni,\n")
    assert f"{asked.due_at:%B %Y}" in sent.body
    assert f"http://testserver/account/data/{student.pk}/" in sent.body


def called_off(bond):
    erasing.call_off(person=bond.student)


def barred(bond):
    guardians.bar(bond, by=UserFactory(admin=True))


def ended(bond):
    guardians.end(bond, by=bond.guardian)


def address_forgotten(bond):
    emails.remove(bond.guardian)


@pytest.mark.parametrize("meanwhile", [called_off, barred, ended, address_forgotten])
def test_no_mail_is_sent_once_there_is_nothing_to_say(bond, student, meanwhile):
    asked = erasing.ask(person=student, by=student)
    meanwhile(bond)

    letters.send_erasure_notice(asked.pk, bond.pk)

    assert mail.outbox == []
