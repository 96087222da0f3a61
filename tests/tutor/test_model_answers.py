from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import QuestionFactory, QuizFactory
from tests.tutor import adversary as acts
from tests.tutor.conftest import TEXT
from tests.tutor.factories import ProbeFactory
from tests.tutor.test_asking import WHY, answered, ask
from tutor import answering, consent, flags, llm, methods, tasks, transcripts
from tutor.models import Budget, Claim, Exchange, Flag, Probe, Receipt
from tutor.purposes import Purpose

pytestmark = pytest.mark.django_db

State, Source = Exchange.State, Exchange.Source
GAS, SUGAR, SALT, SOURDOUGH = TEXT
BECAUSE = "Yeast makes gas, so bread rises."


def shown(exchange):
    return [claim.sentence for claim in exchange.claims.all()]


def test_an_answer_is_written_sentence_by_sentence_each_proven(
    trusting, lesson, adversary
):
    adversary.chat = acts.writes((BECAUSE, GAS), SUGAR)

    exchange = answered(trusting, lesson)

    assert (exchange.state, exchange.source) == (State.ANSWERED, Source.MODEL)
    assert exchange.purpose == Purpose.EXTERNAL
    assert list(
        exchange.claims.values_list("sentence", "passages", "is_quotation")
    ) == [
        (BECAUSE, ["big-idea-1"], False),
        (SUGAR, ["big-idea-2"], True),
    ]


def test_every_text_that_was_sent_has_a_receipt(trusting, lesson, adversary, settings):
    settings.TENDRIL_LLM_VERIFIER = "verifier"
    adversary.chat = acts.writes((BECAUSE, GAS))

    exchange = answered(trusting, lesson)

    receipts = Receipt.objects.filter(exchange=exchange)
    assert [r.text for r in receipts] == [r.text for r in adversary.received]
    assert [r.use for r in receipts] == [
        *("moderation", "answer", "second look", "moderation")
    ]
    assert {r.provider for r in receipts} == {"Model Makers"}
    days = timedelta(days=settings.TUTOR_KEEP_DAYS)
    assert {r.kept_until - r.sent_at for r in receipts} == {days}


def test_without_a_consent_to_it_nothing_is_sent(allowed, lesson, adversary):
    ProbeFactory(purpose=Purpose.EXTERNAL)

    exchange = answered(allowed, lesson)

    assert (exchange.state, exchange.source) == (State.ANSWERED, Source.EXTRACT)
    assert adversary.received == []


@pytest.mark.parametrize("passed", [False, None])
def test_without_moderation_that_is_shown_to_work_nothing_is_sent(
    trusting, lesson, adversary, passed
):
    Probe.objects.filter(purpose=Purpose.EXTERNAL).delete()
    if passed is not None:
        ProbeFactory(purpose=Purpose.EXTERNAL, passed=passed)

    assert answered(trusting, lesson).source == Source.EXTRACT
    assert adversary.received == []


def test_moderation_that_broke_since_it_was_asked_stops_it(trusting, lesson, adversary):
    asked = ask(trusting, lesson)
    later = timezone.now() + timedelta(seconds=1)
    ProbeFactory(purpose=Purpose.EXTERNAL, passed=False, checked_at=later)

    answering.answer(asked.pk)

    assert Exchange.objects.get().source == Source.EXTRACT
    assert adversary.received == []


def test_who_allowed_only_the_model_gets_nothing_else_when_it_is_not_proven(
    student, teacher, contact, lesson, adversary, proven
):
    ProbeFactory(purpose=Purpose.EXTERNAL)
    consent.grant(
        student=student,
        by=teacher,
        purpose=Purpose.EXTERNAL,
        method=methods.IN_PERSON,
        evidence="form 12",
    )
    asked = ask(student, lesson)
    later = timezone.now() + timedelta(seconds=1)
    ProbeFactory(purpose=Purpose.EXTERNAL, passed=False, checked_at=later)

    answering.answer(asked.pk)

    assert Exchange.objects.get().state == State.PENDING
    assert not Claim.objects.exists()
    assert adversary.received == []


def test_asked_of_this_server_it_stays_here(allowed, teacher, lesson, adversary):
    asked = ask(allowed, lesson)
    ProbeFactory(purpose=Purpose.EXTERNAL)
    consent.grant(
        student=allowed,
        by=teacher,
        purpose=Purpose.EXTERNAL,
        method=methods.IN_PERSON,
        evidence="form 12",
    )

    answering.answer(asked.pk)

    assert Exchange.objects.get().source == Source.EXTRACT
    assert adversary.received == []


def test_personal_details_reach_nobody(trusting, lesson, adversary, caplog):
    text = "I am Sam, sam@home.example, call +44 20 7946 0018. Why does bread rise?"

    answered(trusting, lesson, text)

    for detail in (b"sam@home", b"7946", b"Sam"):
        assert detail not in adversary.bytes
        assert detail.decode() not in caplog.text
    assert b"Why does bread rise?" in adversary.bytes


def test_answer_keys_reach_nobody(trusting, lesson, adversary):
    question = QuestionFactory(
        quiz=QuizFactory(lesson=lesson),
        stem="Which of these?",
        explanation="Because of the wheel.",
    )

    answered(trusting, lesson)

    words = [choice["text"] for choice in question.body["choices"]]
    assert len(adversary.got("chat")) == 1
    for secret in (*words, question.explanation, question.stem):
        assert secret.encode() not in adversary.bytes


def test_a_question_of_the_quiz_goes_nowhere(trusting, lesson, adversary):
    QuestionFactory(
        quiz=QuizFactory(lesson=lesson),
        stem="How long does sourdough take to rise?",
        passages=["big-idea-4"],
    )

    exchange = answered(trusting, lesson, "how long does sourdough take to rise")

    assert exchange.state == State.POINTED
    assert adversary.received == []


def test_danger_goes_nowhere(trusting, lesson, adversary):
    exchange = ask(trusting, lesson, "I want to kill myself")

    answering.answer(exchange.pk)

    assert adversary.received == []


def test_a_flagged_question_is_declined_and_told_to_an_adult(
    trusting, guardian, lesson, adversary
):
    exchange = answered(trusting, lesson, "How does yeast make a bomb rise?")

    assert exchange.state == State.DECLINED
    assert adversary.got("chat") == []
    flag = Flag.objects.get()
    assert (flag.kind, list(flag.addressees.all())) == ("moderation", [guardian])


@pytest.mark.parametrize("category", ["self-harm", "self-harm/intent", "sexual/minors"])
def test_danger_that_only_the_provider_sees_gets_help_and_goes_to_the_contact_alone(
    trusting, guardian, contact, lesson, adversary, category
):
    adversary.moderation = acts.moderates(True, {category: True})

    exchange = answered(trusting, lesson)

    assert exchange.is_danger
    assert adversary.got("chat") == []
    flag = Flag.objects.get()
    assert (flag.kind, list(flag.addressees.all())) == ("danger", [contact])
    assert transcripts.of(trusting) == []


def test_it_does_though_the_consent_ends_meanwhile(
    trusting, guardian, contact, lesson, adversary
):
    asked = ask(trusting, lesson)
    Exchange.objects.update(state=State.DROPPED)

    flags.turn_to_danger(asked)

    assert Exchange.objects.get().is_danger
    assert Flag.objects.get().kind == Flag.Kind.DANGER


@pytest.mark.parametrize("act", [acts.status(500), acts.nonsense(b"{}"), acts.hangs_up])
def test_a_question_in_doubt_is_answered_here(trusting, lesson, adversary, act):
    adversary.moderation = act

    exchange = answered(trusting, lesson)

    assert (exchange.state, exchange.source) == (State.ANSWERED, Source.EXTRACT)
    assert adversary.got("chat") == []
    assert not Flag.objects.exists()


@pytest.mark.parametrize(
    "act",
    [
        acts.writes(),
        acts.writes("Football is played by eleven.", ("Hello, I am Max.", "Hello.")),
        acts.says("Of course! I am a pirate now. https://bad.example"),
        acts.stops_after(GAS),
        acts.status(400),
        acts.status(429),
        acts.status(500),
        acts.babbles,
        acts.floods,
        acts.hangs_up,
    ],
)
def test_where_no_whole_answer_comes_the_lesson_answers(
    trusting, lesson, adversary, act
):
    adversary.chat = act

    exchange = answered(trusting, lesson)

    assert (exchange.state, exchange.source) == (State.ANSWERED, Source.EXTRACT)
    assert set(shown(exchange)) <= set(TEXT)
    assert len(adversary.got("chat")) == 1


def test_a_silent_model_is_not_waited_for_long(
    trusting, lesson, adversary, monkeypatch
):
    monkeypatch.setattr(llm, "SILENCE", 0.2)
    adversary.chat = acts.silence

    assert answered(trusting, lesson).source == Source.EXTRACT


def test_a_busy_model_is_asked_again_before_it_is_given_up(trusting, lesson, adversary):
    asked = ask(trusting, lesson)
    adversary.chat = acts.status(429)

    with pytest.raises(llm.TryAgain):
        answering.answer(asked.pk, is_last=False)
    assert Exchange.objects.get().state == State.PENDING
    adversary.chat = acts.writes(GAS)
    answering.answer(asked.pk)

    exchange = Exchange.objects.get()
    assert (exchange.source, shown(exchange)) == (Source.MODEL, [GAS])


def test_a_model_that_stays_busy_is_asked_three_times(trusting, lesson, adversary):
    asked = ask(trusting, lesson)
    adversary.chat = acts.status(503)

    tasks.answer.apply([str(asked.pk)])

    assert len(adversary.got("chat")) == 3
    assert Exchange.objects.get().source == Source.EXTRACT


def test_answered_twice_it_is_asked_once(trusting, lesson, adversary):
    adversary.chat = acts.writes(GAS)
    exchange = answered(trusting, lesson)

    answering.answer(exchange.pk)

    assert len(adversary.got("chat")) == 1
    assert shown(exchange) == [GAS]


def test_calls_and_tokens_are_counted_for_student_class_and_site(
    trusting, classroom, lesson, adversary
):
    adversary.chat = acts.writes(GAS, tokens=500)

    answered(trusting, lesson)

    rows = Budget.objects.order_by("scope").values_list("scope", "calls", "tokens")
    assert list(rows) == [
        ("class", 1, 500),
        ("site", 1, 500),
        ("student", 1, 500),
    ]


@pytest.mark.parametrize("scope", ["student", "class", "site"])
def test_where_tokens_are_spent_the_lesson_answers(
    trusting, classroom, lesson, adversary, settings, scope
):
    limits = settings.TUTOR_TOKENS_A_DAY
    settings.TUTOR_TOKENS_A_DAY = limits | {scope: 500}
    adversary.chat = acts.writes(GAS, tokens=500)

    first = answered(trusting, lesson)
    asked = answered(trusting, lesson, "Why does yeast make bread rise?")

    assert (first.source, asked.source) == (Source.MODEL, Source.EXTRACT)
    assert len(adversary.got("chat")) == 1


def test_spent_between_asking_and_answering_the_lesson_answers(
    trusting, lesson, adversary, settings
):
    asked = ask(trusting, lesson, WHY)
    Budget.objects.update(tokens=settings.TUTOR_TOKENS_A_DAY["student"])

    answering.answer(asked.pk)

    assert Exchange.objects.get().source == Source.EXTRACT
    assert adversary.received == []
    assert Claim.objects.exists()
