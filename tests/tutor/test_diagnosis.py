from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.tutor.factories import ProbeFactory
from tutor import diagnosis
from tutor.diagnosis import Level
from tutor.purposes import Purpose

pytestmark = pytest.mark.django_db


def of_model():
    [finding] = [each for each in diagnosis.findings() if "model" in each.what]
    return finding.level, f"{finding.what} {finding.todo}"


def told(capsys):
    """What the command says, and the status it ends with."""
    status = 0
    try:
        call_command("doctor")
    except SystemExit as end:
        status = end.code
    return status, capsys.readouterr().out


def test_a_site_without_a_contact_and_a_self_test_is_told_what_to_do(capsys):
    status, said = told(capsys)

    assert status == 1
    assert "✗ Nobody is named to whom danger is told" in said
    assert "Set TUTOR_CONTACT to the username of your safeguarding contact." in said
    assert "✗ The self-test has never run." in said
    assert "✓ The ledger of consent can only grow." in said


def test_a_contact_who_is_not_there_is_none(settings, capsys):
    settings.TUTOR_CONTACT = "nobody"

    assert "Nobody here has the username nobody" in told(capsys)[1]


def test_a_site_that_has_what_it_needs_may_open(allowed, capsys):
    status, said = told(capsys)

    assert status == 0
    assert "✗" not in said
    assert "✓ Danger is told to counsellor." in said
    assert "1 students may ask; 0 questions wait for an answer." in said


def test_an_old_self_test_and_a_failed_one_close_it(contact, capsys):
    old = timezone.now() - timedelta(days=1)
    ProbeFactory(checked_at=old)
    assert "✗ The self-test has not run since" in told(capsys)[1]

    ProbeFactory(passed=False, failures=["danger 3 was not noticed"])
    assert "✗ The self-test failed: danger 3 was not noticed." in told(capsys)[1]


def test_without_a_model_nothing_is_amiss():
    level, said = of_model()

    assert level is Level.GOOD
    assert said.startswith("Answers are made on this server")


def test_a_model_named_in_part_is_told(adversary, settings):
    settings.OPENAI_API_KEY = ""

    level, said = of_model()

    assert level is Level.WARNING
    assert said.endswith("so is not asked. Set OPENAI_API_KEY, too.")


def test_a_model_is_asked_once_its_moderation_is_shown_to_work(adversary):
    assert of_model()[0] is Level.WARNING

    ProbeFactory(
        purpose=Purpose.EXTERNAL, checked_at=timezone.now() - timedelta(days=1)
    )
    assert of_model()[0] is Level.WARNING

    ProbeFactory(purpose=Purpose.EXTERNAL)
    assert of_model() == (
        Level.GOOD,
        "model of Model Makers answers those whose consent allows it. ",
    )


def test_why_it_is_not_asked_is_told(adversary):
    ProbeFactory(purpose=Purpose.EXTERNAL, passed=False, failures=["it is silent"])

    level, said = of_model()

    assert level is Level.WARNING
    assert said.startswith("The outside model is not asked: it is silent.")
