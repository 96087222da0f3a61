from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from tendril.accounts.models import User
from tests.factories import (
    AssignmentFactory,
    QuestionFactory,
    QuizFactory,
    ReviewCardFactory,
)
from tests.tutor.conftest import TEXT
from tests.tutor.factories import ExchangeFactory
from tutor import answering, asking, consent, taking
from tutor.gate import Reason
from tutor.models import Budget, Claim, ConsentEvent, Exchange, Flag

pytestmark = pytest.mark.django_db

State = Exchange.State
WHY = "Why does bread rise with yeast?"


def ask(student, lesson, text=WHY, exchange_id=None):
    return asking.ask(
        student=student, lesson=lesson, exchange_id=exchange_id or uuid4(), text=text
    )


def answered(student, lesson, text=WHY):
    asked = ask(student, lesson, text)
    answering.answer(asked.pk)
    return Exchange.objects.get(pk=asked.pk)


def withdraw(student, guardian):
    relationship = ConsentEvent.Relationship.GUARDIAN
    consent.withdraw(student=student, by=guardian, relationship=relationship)


def test_a_question_is_answered_with_sentences_of_the_lesson(allowed, lesson):
    exchange = answered(allowed, lesson)

    claims = list(exchange.claims.all())
    assert exchange.state == State.ANSWERED
    assert TEXT[0] in [claim.sentence for claim in claims]
    assert {claim.sentence for claim in claims} <= set(TEXT)
    assert all(claim.is_quotation for claim in claims)
    assert claims[0].passages == ["big-idea-1"]


def test_what_the_lesson_does_not_say_is_not_answered(allowed, lesson):
    exchange = answered(allowed, lesson, "Who was the first person on the moon?")

    assert exchange.state == State.NOTHING
    assert not exchange.claims.exists()


def test_asked_twice_under_one_id_it_is_one_question(allowed, lesson):
    number = uuid4()

    first = ask(allowed, lesson, exchange_id=number)
    second = ask(allowed, lesson, exchange_id=number)

    assert first == second
    assert Exchange.objects.get().question == WHY
    assert Budget.objects.get(scope="student").questions == 1


def test_a_form_that_is_used_again_asks_what_it_says_now_and_once(allowed, lesson):
    first = ask(allowed, lesson)

    others = [ask(allowed, lesson, "And salt?", first.pk) for _time in range(2)]

    assert others[0] == others[1] != first
    assert list(Exchange.objects.values_list("question", flat=True)) == [
        *(WHY, "And salt?")
    ]


def test_danger_in_a_form_that_was_used_before_gets_help(allowed, lesson, contact):
    first = ask(allowed, lesson)
    answering.answer(first.pk)

    told = [
        ask(allowed, lesson, "I want to kill myself", first.pk) for _time in range(2)
    ]

    assert told[0] == told[1]
    assert told[0].is_danger
    assert Flag.objects.get().exchange == told[0]


def test_what_was_dropped_can_be_asked_again(allowed, lesson):
    first = ask(allowed, lesson)
    Exchange.objects.update(state=State.DROPPED)

    again = ask(allowed, lesson, exchange_id=first.pk)

    assert again != first
    assert again.is_pending


@pytest.fixture
def just_before():
    """Does something once, after it was looked whether a form has been used."""

    @contextmanager
    def meanwhile(act):
        todo = [act]

        def watch(execute, sql, *others):
            found = execute(sql, *others)
            if todo and sql.startswith("SELECT") and '"tutor_exchange"' in sql:
                todo.pop()()
            return found

        with connection.execute_wrapper(watch):
            yield
        assert not todo

    return meanwhile


@pytest.mark.parametrize("text", [WHY, "I want to kill myself"])
def test_of_two_clicks_at_once_the_later_one_gets_what_the_first_did(
    allowed, lesson, just_before, text
):
    number, clicks = uuid4(), []

    with just_before(lambda: clicks.append(ask(allowed, lesson, text, number))):
        clicks.append(ask(allowed, lesson, text, number))

    assert clicks[0] == clicks[1] == Exchange.objects.get()


def test_danger_is_heard_though_the_form_asks_something_else_at_once(
    allowed, lesson, just_before
):
    number = uuid4()

    with just_before(lambda: ask(allowed, lesson, WHY, number)):
        told = ask(allowed, lesson, "I want to kill myself", number)

    assert told.is_danger
    assert Flag.objects.get().exchange == told


def test_what_was_left_out_may_make_a_question_longer(allowed, lesson):
    allowed.display_name = "Bo"
    allowed.save()

    ask(allowed, lesson, "ask Bo why. " * 40 + "Why?")

    kept = Exchange.objects.get()
    kept.clean_fields()
    assert len(kept.question) > 500


def test_the_id_of_somebody_elses_question_takes_nothing_over(
    allowed, classmate, lesson
):
    theirs = ask(allowed, lesson)

    with pytest.raises(asking.GateClosed):
        ask(classmate, lesson, "Mine?", exchange_id=theirs.pk)

    assert Exchange.objects.get().question == WHY


def test_answered_again_it_stays_as_it_was(allowed, lesson):
    exchange = answered(allowed, lesson)
    before = list(Claim.objects.values())

    answering.answer(exchange.pk)

    assert list(Claim.objects.values()) == before
    assert Exchange.objects.get().finished_at == exchange.finished_at


def test_without_consent_nothing_is_kept(student, lesson, contact, proven):
    with pytest.raises(asking.GateClosed) as closed:
        ask(student, lesson)

    assert closed.value.reasons == (Reason.NO_CONSENT,)
    assert not Exchange.objects.exists()
    assert not Budget.objects.exists()


def test_withdrawn_before_it_is_answered_it_is_dropped(allowed, guardian, lesson):
    asked = ask(allowed, lesson)

    withdraw(allowed, guardian)
    answering.answer(asked.pk)

    assert Exchange.objects.get().state == State.DROPPED
    assert not Claim.objects.exists()


def test_withdrawn_while_it_is_answered_nothing_is_kept(
    allowed, guardian, lesson, monkeypatch
):
    asked = ask(allowed, lesson)
    found = answering.follow_ups.extract

    def withdrawn_meanwhile(*arguments):
        withdraw(allowed, guardian)
        return found(*arguments)

    monkeypatch.setattr(answering.follow_ups, "extract", withdrawn_meanwhile)
    answering.answer(asked.pk)

    assert Exchange.objects.get().state == State.DROPPED
    assert not Claim.objects.exists()


def test_paused_while_it_is_answered_nothing_is_kept(
    allowed, classroom, lesson, monkeypatch
):
    asked = ask(allowed, lesson)
    found = answering.follow_ups.extract

    def paused_meanwhile(*arguments):
        classroom.is_tutor_paused = True
        classroom.save()
        return found(*arguments)

    monkeypatch.setattr(answering.follow_ups, "extract", paused_meanwhile)
    answering.answer(asked.pk)

    assert Exchange.objects.get().state == State.DROPPED


def test_personal_details_are_neither_kept_nor_answered(allowed, lesson):
    text = "My name is Zora Lindqvist, zora@home.example. Why does bread rise?"
    asked = ask(allowed, lesson, text)

    kept = Exchange.objects.get(pk=asked.pk).question
    assert "Zora" not in kept
    assert "zora@home.example" not in kept
    assert "Why does bread rise?" in kept


def test_the_last_question_of_the_day_is_the_last(allowed, lesson, settings):
    settings.TUTOR_QUESTIONS_A_DAY = {"student": 2, "class": 500, "site": 5000}
    for _time in range(2):
        ask(allowed, lesson)

    with pytest.raises(asking.GateClosed) as closed:
        ask(allowed, lesson)

    assert closed.value.reasons == (Reason.ENOUGH_TODAY,)
    assert Exchange.objects.count() == 2
    answering.answer(Exchange.objects.last().pk)
    assert Exchange.objects.last().state == State.ANSWERED


def test_a_form_that_somebody_else_has_sent_asks_anew(allowed, classmate, lesson):
    theirs = ExchangeFactory(student=classmate, lesson=lesson, question="Theirs?")

    mine = ask(allowed, lesson, exchange_id=theirs.pk)

    assert mine.pk != theirs.pk
    assert Exchange.objects.get(pk=theirs.pk).question == "Theirs?"


def test_work_on_the_lesson_that_a_class_gave_is_noted(allowed, classroom, lesson):
    long_ago = timezone.now() - timedelta(days=9)
    AssignmentFactory(
        classroom=classroom,
        lesson=lesson,
        opens_at=long_ago,
        closes_at=long_ago + timedelta(days=1),
    )
    AssignmentFactory(lesson=lesson)
    assert ask(allowed, lesson).assignment is None

    given = AssignmentFactory(classroom=classroom, lesson=lesson)

    assert ask(allowed, lesson).assignment == given


def test_danger_gets_help_and_one_flag_and_no_answer(allowed, lesson, contact):
    number = uuid4()
    for _time in range(2):
        exchange = ask(allowed, lesson, "I want to kill myself", number)

    answering.answer(exchange.pk)
    assert exchange.state == State.DANGER
    assert list(Flag.objects.get().addressees.all()) == [contact]
    assert not Claim.objects.exists()


def test_danger_is_noticed_with_the_tutor_closed(student, lesson, contact, settings):
    settings.TUTOR_PAUSED = True

    exchange = ask(student, lesson, "my stepdad hits me when mum is out")

    assert exchange.state == State.DANGER
    assert Flag.objects.dangers().count() == 1


def test_danger_with_nobody_to_tell_gets_the_help_page(student, lesson):
    User.objects.update(is_staff=False)

    exchange = ask(student, lesson, "I want to kill myself")

    assert exchange.state == State.DANGER
    assert not Flag.objects.exists()


def test_a_question_of_the_quiz_gets_the_place_and_not_the_sentence(allowed, lesson):
    QuestionFactory(
        quiz=QuizFactory(lesson=lesson),
        stem="How long does sourdough take to rise?",
        passages=["big-idea-4"],
    )

    exchange = answered(allowed, lesson, "how long does sourdough take to rise")

    assert exchange.state == State.POINTED
    assert exchange.nearest == ["big-idea-1"]
    assert not exchange.claims.exists()


def test_help_is_noted_on_the_questions_it_touched(allowed, lesson):
    touched = QuestionFactory(
        quiz=QuizFactory(lesson=lesson), stem="Tick it.", passages=["big-idea-1"]
    )
    card = ReviewCardFactory(student=allowed, quiz=touched.quiz, key=touched.key)

    answered(allowed, lesson)

    card.refresh_from_db()
    assert len(card.helps) == 1


def test_what_a_dead_worker_left_is_found(allowed, lesson, monkeypatch):
    asked = ask(allowed, lesson)
    Exchange.objects.update(
        taken_until="2026-01-01T00:00Z", asked_at="2026-01-01T00:00Z"
    )

    assert taking.waiting_too_long() == [asked.pk]

    answering.answer(asked.pk)
    assert taking.waiting_too_long() == []


def test_a_question_that_is_being_answered_is_left_to_its_worker(allowed, lesson):
    asked = ask(allowed, lesson)
    taken = taking.take(asked.pk)

    answering.answer(asked.pk)

    assert taken == asked
    assert Exchange.objects.get().state == State.PENDING
