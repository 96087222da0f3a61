import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from lessons.models import Passage
from tests.tutor.conftest import TEXT
from tests.tutor.factories import ExchangeFactory
from tutor.conversation import shown
from tutor.models import Claim, Exchange

pytestmark = pytest.mark.django_db

State = Exchange.State
GAS, SUGAR, _SALT, _SOURDOUGH = TEXT
BECAUSE = "Yeast makes gas, so bread rises."


@pytest.fixture
def exchange(student, lesson):
    """Answered with a quotation, and with a sentence about another passage."""
    exchange = ExchangeFactory(student=student, lesson=lesson, answered=True)
    for position, (sentence, key, is_quotation) in enumerate(
        [(SUGAR, "big-idea-2", True), (BECAUSE, "big-idea-1", False)]
    ):
        Claim.objects.create(
            exchange=exchange,
            position=position,
            sentence=sentence,
            passages=[key],
            is_quotation=is_quotation,
        )
    return exchange


def sentences(exchange):
    [one] = shown([exchange])
    return [claim.sentence for claim in one.claims]


def load_anew(lesson, old_key, **changes):
    Passage.objects.filter(lesson=lesson, key=old_key).update(**changes)
    lesson.digest = "d2"
    lesson.save()


@pytest.mark.parametrize("state", [State.DROPPED, State.DECLINED, State.DANGER])
def test_of_what_was_not_answered_no_sentence_is_shown(exchange, state):
    assert sentences(exchange) == [SUGAR, BECAUSE]

    exchange.state = state

    assert sentences(exchange) == []


def test_what_stands_in_the_lesson_still_is_shown(exchange, lesson):
    load_anew(lesson, "big-idea-3", text="Salt slows yeast.")

    assert sentences(exchange) == [SUGAR, BECAUSE]


def test_what_the_lesson_has_no_more_is_not_shown(exchange, lesson):
    load_anew(lesson, "big-idea-2", key="big-idea-9", text="Yeast is alive.")

    assert sentences(exchange) == [BECAUSE]


def test_of_changed_words_only_a_quotation_can_be_left(exchange, lesson):
    changed = {"key": "big-idea-8", "aliases": ["big-idea-1"], "text": "Bread rises."}
    load_anew(lesson, "big-idea-1", **changed)
    longer = f"{SUGAR} It is tiny."
    changed = {"key": "big-idea-9", "aliases": ["big-idea-2"], "text": longer}
    load_anew(lesson, "big-idea-2", **changed)

    assert sentences(exchange) == [SUGAR]


def test_who_finds_nothing_left_may_ask_again(client, student, exchange, lesson):
    client.force_login(student)
    again = "You can ask again."
    assertNotContains(client.get(exchange.get_absolute_url()), again)

    lesson.passages.all().delete()
    load_anew(lesson, "none")

    page = client.get(exchange.get_absolute_url())
    assertContains(page, again)
    assertNotContains(page, SUGAR)
    assertNotContains(page, "Here is what the lesson says")


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_older_answers_takes_the_same_queries(
    student, lesson, count, django_assert_num_queries
):
    ExchangeFactory.create_batch(
        count, student=student, lesson=lesson, answered=True, lesson_digest="d0"
    )
    rows = Exchange.objects.select_related("lesson").prefetch_related("claims")
    exchanges = list(rows)

    with django_assert_num_queries(1):
        shown(exchanges)


def test_only_words_of_the_lesson_stand_in_quotation_marks(
    client, student, guardian, exchange
):
    client.force_login(guardian)

    page = client.get(reverse("tutor:family", args=[student.pk]))

    assertContains(page, f"<q>{SUGAR}</q>")
    assertContains(page, BECAUSE)
    assertNotContains(page, f"<q>{BECAUSE}")
