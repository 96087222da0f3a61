from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import PassageFactory
from tests.tutor import adversary as acts
from tests.tutor.conftest import TEXT
from tests.tutor.factories import ProbeFactory
from tests.tutor.test_asking import WHY, answered
from tutor import answer_cache, consent, methods, tasks
from tutor.lesson_text import passages_of
from tutor.models import CachedAnswer, Exchange, Receipt
from tutor.proving import Asked
from tutor.purposes import Purpose

pytestmark = pytest.mark.django_db

GAS, SUGAR, SALT, _SOURDOUGH = TEXT
BECAUSE = "Yeast makes gas, so bread rises."
Source = Exchange.Source


@pytest.fixture(autouse=True)
def _writing(adversary):
    adversary.chat = acts.writes((BECAUSE, GAS), SUGAR)


@pytest.fixture
def trusting_classmate(trusting, classmate, teacher):
    consent.grant(
        student=classmate,
        by=teacher,
        purpose=Purpose.EXTERNAL,
        method=methods.IN_PERSON,
        evidence="form 13",
    )
    return classmate


def told(exchange):
    return list(exchange.claims.values_list("sentence", "passages", "is_quotation"))


def test_the_next_who_asks_the_same_gets_the_same_and_nothing_is_sent(
    trusting, trusting_classmate, lesson, adversary
):
    first = answered(trusting, lesson)
    sent = len(adversary.received)

    second = answered(trusting_classmate, lesson, f"  {WHY.upper()}")

    assert (first.source, second.source) == (Source.MODEL, Source.CACHE)
    assert told(second) == told(first)
    assert len(adversary.received) == sent
    assert not Receipt.objects.filter(exchange=second).exists()


def test_it_holds_nothing_of_who_asked(trusting, lesson):
    answered(trusting, lesson)

    row = CachedAnswer.objects.values().get()
    assert row.keys() == {"key", "claims", "made_at"}
    assert WHY not in str(row)
    assert [claim["sentence"] for claim in row["claims"]] == [BECAUSE, SUGAR]


def test_where_personal_details_were_removed_nothing_is_kept(trusting, lesson):
    answered(trusting, lesson, "I am Sam. Why does bread rise with yeast?")

    assert "[name]" in Exchange.objects.get().question
    assert Exchange.objects.get().source == Source.MODEL
    assert not CachedAnswer.objects.exists()


def test_nor_found(trusting, lesson, monkeypatch):
    text = "I am Sam. Why does bread rise with yeast?"
    with monkeypatch.context() as patch:
        patch.setattr(answer_cache, "_is_personal", lambda asked: False)
        answered(trusting, lesson, text)
    assert CachedAnswer.objects.exists()

    assert answered(trusting, lesson, text).source == Source.MODEL


@pytest.mark.parametrize(
    "name",
    [
        "TENDRIL_LLM_MODEL",
        "TENDRIL_LLM_PROVIDER",
        "TENDRIL_LLM_VERIFIER",
        "TENDRIL_LLM_BASE_URL",
        "TENDRIL_MODERATION_BASE_URL",
        "TENDRIL_MODERATION_MODEL",
    ],
)
def test_another_model_answers_for_itself(trusting, lesson, settings, name):
    asked = Asked(WHY, passages_of(lesson))
    answered(trusting, lesson)
    assert len(answer_cache.find(asked, lesson.digest)) == 2

    setattr(settings, name, "another")

    assert answer_cache.find(asked, lesson.digest) == []


def test_each_kind_of_question_has_its_own(trusting, lesson):
    passages = passages_of(lesson)
    answered(trusting, lesson)

    for other in (
        Asked(WHY, passages, kind="simpler"),
        Asked(WHY, passages, about=("big-idea-3",)),
        Asked(f"{WHY} Please.", passages),
    ):
        assert answer_cache.find(other, lesson.digest) == []


def test_other_rules_or_another_text_of_the_lesson_make_another_answer(
    trusting, lesson, monkeypatch
):
    answered(trusting, lesson)
    with monkeypatch.context() as patch:
        patch.setattr(answer_cache, "_rules", lambda: "other")
        assert answered(trusting, lesson).source == Source.MODEL

    lesson.digest = "d2"
    lesson.save()
    assert answered(trusting, lesson).source == Source.MODEL


def test_the_rules_are_all_files_of_the_tutor(monkeypatch, tmp_path):
    before = answer_cache._rules()
    (tmp_path / "grounding.py").write_text("changed")
    monkeypatch.setattr(answer_cache, "HERE", tmp_path)
    answer_cache._rules.cache_clear()

    changed = answer_cache._rules()
    answer_cache._rules.cache_clear()

    assert before != changed


def test_it_is_proven_again_before_it_is_shown(trusting, lesson):
    answered(trusting, lesson)
    row = CachedAnswer.objects.get()
    row.claims[0]["sentence"] = "Yeast makes 7 litres of gas."
    row.save()

    exchange = answered(trusting, lesson)

    assert exchange.source == Source.MODEL


def test_a_quotation_that_left_the_lesson_is_not_shown(trusting, lesson):
    answered(trusting, lesson)
    # The digest did not move, as it should have.
    lesson.passages.filter(key="big-idea-2").delete()
    PassageFactory(lesson=lesson, key="big-idea-2", text="Yeast is big.", position=9)

    assert answered(trusting, lesson).source == Source.MODEL


def test_without_consent_to_the_model_it_is_not_shown(trusting, allowed, lesson):
    answered(trusting, lesson)
    ProbeFactory(
        purpose=Purpose.EXTERNAL,
        passed=False,
        checked_at=timezone.now() + timedelta(seconds=1),
    )

    assert answered(trusting, lesson).source == Source.EXTRACT


def test_an_answer_that_broke_off_is_not_kept(trusting, lesson, adversary):
    adversary.chat = acts.stops_after(GAS)

    answered(trusting, lesson)

    assert not CachedAnswer.objects.exists()


def test_old_ones_are_forgotten(trusting, lesson, settings):
    answered(trusting, lesson)
    days = timedelta(days=settings.TUTOR_KEEP_DAYS)
    CachedAnswer.objects.update(made_at=timezone.now() - days - timedelta(hours=1))

    tasks.forget()

    assert not CachedAnswer.objects.exists()
