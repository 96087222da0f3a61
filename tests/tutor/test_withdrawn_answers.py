"""Consent that ends while a model is writing, with the worker in a thread of its own."""

import threading
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.tutor import adversary as acts
from tests.tutor.conftest import TEXT
from tests.tutor.test_asking import ask, withdraw
from tutor import answering, retention
from tutor.models import CachedAnswer, Claim, Exchange, FamilySettings, Receipt

pytestmark = pytest.mark.django_db(transaction=True)

GAS, SUGAR, SALT, _SOURDOUGH = TEXT


@contextmanager
def answering_in_a_thread(exchange):
    failures = []

    def work():
        try:
            answering.answer(exchange.pk)
        except Exception as wrong:  # noqa: BLE001 (told below)
            failures.append(wrong)
        finally:
            connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    yield
    worker.join(20)
    assert not worker.is_alive()
    assert failures == []


def wait_for(count):
    ends = time.monotonic() + 10
    while Claim.objects.count() < count:
        assert time.monotonic() < ends
        time.sleep(0.01)


def test_a_claim_can_be_seen_before_the_next_one_is_written(
    trusting, lesson, adversary
):
    go_on = threading.Event()
    adversary.chat = acts.waits([GAS], [SALT], go_on)
    asked = ask(trusting, lesson)

    with answering_in_a_thread(asked):
        wait_for(1)
        assert Exchange.objects.get().state == Exchange.State.PENDING
        assert [claim.sentence for claim in asked.claims.all()] == [GAS]
        go_on.set()

    assert [claim.sentence for claim in asked.claims.all()] == [GAS, SALT]
    assert Exchange.objects.get().state == Exchange.State.ANSWERED


def test_withdrawn_between_two_claims_nothing_stays_and_nothing_more_is_sent(
    trusting, guardian, lesson, adversary
):
    go_on = threading.Event()
    adversary.chat = acts.waits([GAS], [SALT, SUGAR], go_on)
    asked = ask(trusting, lesson)

    with answering_in_a_thread(asked):
        wait_for(1)
        withdraw(trusting, guardian)
        sent = len(adversary.received)
        go_on.set()

    assert len(adversary.received) == sent == Receipt.objects.count()
    assert Exchange.objects.get().state == Exchange.State.DROPPED
    assert not Claim.objects.exists()
    assert not CachedAnswer.objects.exists()


def test_withdrawn_while_the_question_is_moderated_no_model_gets_it(
    trusting, guardian, lesson, adversary
):
    begun, go_on = threading.Event(), threading.Event()

    def slow(talk):
        begun.set()
        go_on.wait(10)
        acts.honest(talk)

    adversary.moderation = slow
    asked = ask(trusting, lesson)

    with answering_in_a_thread(asked):
        assert begun.wait(10)
        withdraw(trusting, guardian)
        go_on.set()

    assert adversary.got("chat") == []
    assert Exchange.objects.get().state == Exchange.State.DROPPED


def test_withdrawn_while_a_claim_is_moderated_it_is_not_kept(
    trusting, guardian, lesson, adversary
):
    begun, go_on = threading.Event(), threading.Event()

    def slow(talk):
        if talk.asked.json["input"] == GAS:
            begun.set()
            go_on.wait(10)
        acts.honest(talk)

    adversary.chat, adversary.moderation = acts.writes(GAS), slow
    asked = ask(trusting, lesson)

    with answering_in_a_thread(asked):
        assert begun.wait(10)
        withdraw(trusting, guardian)
        go_on.set()

    assert not Claim.objects.exists()
    assert Exchange.objects.get().state == Exchange.State.DROPPED


def test_erased_while_it_is_answered_it_does_not_come_back(trusting, lesson, adversary):
    go_on = threading.Event()
    adversary.chat = acts.waits([GAS], [SALT], go_on)
    asked = ask(trusting, lesson)

    with answering_in_a_thread(asked):
        wait_for(1)
        retention.erase_of(trusting)
        go_on.set()

    assert not Exchange.objects.exists()
    assert not Claim.objects.exists()
    assert not Receipt.objects.exists()


def test_a_second_worker_begins_anew_and_the_first_one_adds_nothing(
    trusting, lesson, adversary
):
    go_on = threading.Event()
    adversary.chat = acts.waits([GAS], [SALT], go_on)
    asked = ask(trusting, lesson)

    with answering_in_a_thread(asked):
        wait_for(1)
        # The first one is taken for dead.
        Exchange.objects.update(taken_until=timezone.now() - timedelta(seconds=1))
        adversary.chat = acts.writes(SUGAR)
        answering.answer(asked.pk)
        go_on.set()

    assert [claim.sentence for claim in asked.claims.all()] == [SUGAR]
    assert Exchange.objects.get().state == Exchange.State.ANSWERED
    assert len(adversary.got("chat")) == 2


def test_two_workers_at_once_give_one_answer(trusting, lesson, adversary):
    adversary.chat = acts.writes(GAS)
    asked = ask(trusting, lesson)

    with answering_in_a_thread(asked), answering_in_a_thread(asked):
        pass

    assert [claim.sentence for claim in asked.claims.all()] == [GAS]
    assert len(adversary.got("chat")) == 1


def test_no_connection_is_held_while_a_model_is_waited_for(
    trusting, lesson, adversary, monkeypatch
):
    held = []
    plain = answering.llm._received

    def noted(*arguments):
        held.append(connection.connection is not None)
        for chunk in plain(*arguments):
            yield chunk
            held.append(connection.connection is not None)

    monkeypatch.setattr(answering.llm, "_received", noted)
    adversary.chat = acts.writes(GAS, SALT)
    asked = ask(trusting, lesson)

    with answering_in_a_thread(asked):
        pass

    assert len(held) > 4
    assert not any(held)


def test_paused_between_two_claims_nothing_more_is_sent_and_nothing_stays(
    trusting, lesson, adversary
):
    go_on = threading.Event()
    adversary.chat = acts.waits([GAS], [SALT, SUGAR], go_on)
    asked = ask(trusting, lesson)

    with answering_in_a_thread(asked):
        wait_for(1)
        FamilySettings.objects.create(student=trusting, is_paused=True)
        sent = len(adversary.received)
        go_on.set()

    assert len(adversary.received) == sent
    assert Exchange.objects.get().state == Exchange.State.DROPPED
    assert not Claim.objects.exists()
