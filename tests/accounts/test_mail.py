from pathlib import Path

import pytest
from django.core import mail as django_mail
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured

from tendril.accounts import mail
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
