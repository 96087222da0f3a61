import time
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.tutor import adversary as acts
from tests.tutor.conftest import TEXT
from tests.tutor.factories import ProbeFactory
from tests.tutor.test_asking import answered, ask
from tutor import answering, llm, standing, taking
from tutor.models import Claim, Exchange, Probe

pytestmark = pytest.mark.django_db

State, Source = Exchange.State, Exchange.Source
GAS, SUGAR, SALT, _SOURDOUGH = TEXT


def test_all_calls_of_an_answer_together_have_an_end(
    trusting, lesson, adversary, monkeypatch
):
    monkeypatch.setattr(taking, "LONGEST", 0.5)

    def slow(talk):
        time.sleep(0.3)
        acts.honest(talk)

    adversary.chat, adversary.moderation = acts.writes(GAS, SUGAR, SALT), slow

    exchange = answered(trusting, lesson)

    assert exchange.source == Source.EXTRACT
    assert len(adversary.got("moderation")) == 2


def test_no_call_may_outlast_the_answer(trusting, lesson, adversary, monkeypatch):
    monkeypatch.setattr(taking, "LONGEST", 0.5)
    monkeypatch.setattr(llm, "LONGEST", 4)
    start = time.monotonic()

    for act in (acts.silence, acts.drips):
        adversary.chat = act
        assert answered(trusting, lesson).source == Source.EXTRACT

    assert time.monotonic() - start < 3


def test_the_last_call_ends_before_another_worker_begins():
    longest = taking.LONGEST + 2 * llm.SILENCE

    assert timedelta(seconds=longest) < taking.DEADLINE


def test_what_goes_wrong_every_time_is_tried_three_times(
    trusting, lesson, adversary, monkeypatch
):
    tries = []

    def broken(*arguments):
        tries.append(arguments)
        raise RuntimeError

    monkeypatch.setattr(answering.writing, "claims", broken)
    asked = ask(trusting, lesson)
    for _try in range(3):
        with pytest.raises(RuntimeError):
            answering.answer(asked.pk)
        Exchange.objects.update(taken_until="2026-01-01T00:00Z")

    answering.answer(asked.pk)

    assert len(tries) == 3
    assert Exchange.objects.get().source == Source.EXTRACT


def test_an_address_that_is_none_leaves_the_answer_to_the_lesson(
    trusting, lesson, settings
):
    settings.TENDRIL_MODERATION_BASE_URL = "http://model:port/v1"

    assert answered(trusting, lesson).source == Source.EXTRACT


def make_probes_old():
    Probe.objects.update(checked_at=timezone.now() - timedelta(minutes=16))


def test_a_worker_that_comes_back_waits_for_the_self_test(allowed, lesson):
    asked = ask(allowed, lesson)
    make_probes_old()

    answering.answer(asked.pk)

    waiting = Exchange.objects.get()
    assert (waiting.state, waiting.taken_until) == (State.PENDING, None)
    assert waiting.tries == 0
    ProbeFactory()
    answering.answer(asked.pk)
    assert Exchange.objects.get().state == State.ANSWERED


def test_it_waits_for_the_self_test_an_hour_and_for_nothing_else(
    allowed, lesson, settings
):
    first, second = ask(allowed, lesson), ask(allowed, lesson)
    make_probes_old()
    long_ago = timezone.now() - timedelta(minutes=61)
    Exchange.objects.filter(pk=first.pk).update(asked_at=long_ago)

    answering.answer(first.pk)
    settings.TUTOR_PAUSED = True
    answering.answer(second.pk)

    assert {one.state for one in Exchange.objects.all()} == {State.DROPPED}


def test_what_is_proven_no_more_at_the_end_is_put_off(allowed, lesson, monkeypatch):
    asked = ask(allowed, lesson)
    found = answering.follow_ups.extract

    def late(*arguments):
        make_probes_old()
        return found(*arguments)

    monkeypatch.setattr(answering.follow_ups, "extract", late)
    answering.answer(asked.pk)

    assert Exchange.objects.get().state == State.PENDING
    assert not Claim.objects.exists()


def test_nothing_is_sent_about_a_lesson_that_is_retired(trusting, lesson, adversary):
    asked = ask(trusting, lesson)
    lesson.retired_at = timezone.now()
    lesson.save()

    answering.answer(asked.pk)

    assert Exchange.objects.get().state == State.DROPPED
    assert adversary.received == []


def test_the_gate_is_asked_before_each_text_and_each_claim_and_at_the_end(
    trusting, lesson, adversary, monkeypatch
):
    asked = ask(trusting, lesson)
    read, reads = standing.gate_facts.read, []

    def noted(*arguments):
        reads.append(arguments)
        return read(*arguments)

    monkeypatch.setattr(standing.gate_facts, "read", noted)
    adversary.chat = acts.writes(GAS, SUGAR)

    answering.answer(asked.pk)

    assert len(adversary.received) == 4
    # The first word, four texts, two claims, the last word.
    assert len(reads) == 1 + 4 + 2 + 1
