import traceback
from pathlib import Path
from smtplib import SMTPRecipientsRefused
from unittest.mock import Mock

import pytest
from django.core import mail as django_mail
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from tendril.accounts import mail, tasks
from tendril.environment import Environment
from tests.factories import InvitationFactory


@pytest.mark.django_db
def test_a_name_breaks_no_line_of_a_mails_head(student):
    student.display_name = "Sam\nBcc: all@example.org"
    made = InvitationFactory.build(student=student)

    mail.send(
        "accounts/mail/invitation.txt",
        to="a@example.org",
        context={"invitation": made, "link": "-"},
    )

    [sent] = django_mail.outbox
    assert sent.subject == "See what Sam Bcc: all@example.org learns on Tendril"
    assert sent.message()["Bcc"] is None


@pytest.mark.django_db
def test_a_log_is_not_told_whom_a_server_refused(student, monkeypatch):
    said = b"No such user: a@example.org"
    refusal = SMTPRecipientsRefused({"a@example.org": (550, said)})
    backend = "django.core.mail.backends.locmem.EmailBackend.send_messages"
    monkeypatch.setattr(backend, Mock(side_effect=refusal))

    with pytest.raises(mail.NotSent) as refused:
        mail.send(
            "accounts/mail/address.txt",
            to="a@example.org",
            context={"person": student, "link": "-"},
        )

    told = "".join(traceback.format_exception(refused.value))
    assert repr(refused.value) == "NotSent('SMTPRecipientsRefused')"
    assert "a@example.org" not in told


@pytest.mark.parametrize("task", [tasks.send_address_link, tasks.send_invitation])
def test_what_a_server_does_not_take_is_tried_again(task):
    assert task.autoretry_for == (mail.NotSent,)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("smtp+tls://me:pass@mail.example.org:587", "smtp"),
        ("consolemail://", "console"),
    ],
)
def test_an_address_of_a_mail_server_is_read(monkeypatch, value, expected):
    monkeypatch.setenv("EMAIL_URL", value)

    assert f".{expected}." in Environment().mail("EMAIL_URL")["EMAIL_BACKEND"]


@pytest.mark.parametrize(
    "value", ["mail.example.org", "smtp://", "smtp://h:x", "filemail:///tmp/x"]
)
def test_an_address_that_is_none_is_refused_without_being_repeated(monkeypatch, value):
    monkeypatch.setenv("EMAIL_URL", value)

    with pytest.raises(ImproperlyConfigured) as refused:
        Environment().mail("EMAIL_URL")

    assert "EMAIL_URL must look like smtp+tls://" in str(refused.value)
    assert value not in str(refused.value)


def test_a_sender_needs_an_address(monkeypatch):
    monkeypatch.setenv("MAIL_FROM", "Our school")

    with pytest.raises(ImproperlyConfigured, match="MAIL_FROM must look like"):
        Environment().sender("MAIL_FROM", "-")


def test_a_site_without_a_mail_server_is_told(settings):
    settings.SENDS_MAIL = False

    assert "accounts.I001" in {message.id for message in run_checks()}


def test_every_mail_is_plain_text_as_it_stands(settings):
    found = sorted(Path(settings.BASE_DIR, "templates").glob("*/mail/*.txt"))

    assert found
    for path in found:
        assert "{% autoescape off %}" in path.read_text(), path.name
