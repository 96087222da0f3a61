from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from lessons.models import Lesson
from tendril.accounts.models import User
from tests.factories import LessonFactory
from tests.tutor.conftest import TEXT
from tests.tutor.factories import ExchangeFactory
from tutor import answering
from tutor.models import Claim, ConsentEvent, Exchange, Flag

pytestmark = pytest.mark.django_db

WHY = "Why does bread rise with yeast?"


def panel_url(lesson):
    return reverse("tutor:panel", args=[lesson.slug])


def ask(client, lesson, question=WHY, **more):
    url = reverse("tutor:ask", args=[lesson.slug])
    return client.post(url, {"exchange_id": uuid4(), "question": question, **more})


@pytest.fixture
def as_allowed(htmx, allowed):
    htmx.force_login(allowed)
    return htmx


def test_the_open_panel_asks_what_the_reader_wants_to_know(as_allowed, lesson):
    page = as_allowed.get(panel_url(lesson))

    assertContains(page, "Curious about “How bread rises”?")
    assertContains(page, "Do not write your name")


def test_a_question_waits_and_then_shows_where_its_answer_stands(as_allowed, lesson):
    page = ask(as_allowed, lesson)
    assertRedirects(page, panel_url(lesson), fetch_redirect_response=False)
    exchange = Exchange.objects.get()
    waiting = as_allowed.get(panel_url(lesson))
    assertContains(waiting, "Looking in the lesson")
    assertContains(waiting, f'hx-get="{exchange.get_absolute_url()}"')

    answering.answer(exchange.pk)

    name = f"exchange-{exchange.pk}"
    shown, same = as_allowed.fragment_and_element(exchange.get_absolute_url(), name)
    assert shown == same
    answer = as_allowed.swap("get", exchange.get_absolute_url(), name)
    assertContains(answer, TEXT[0])
    assertContains(answer, f'href="{lesson.get_absolute_url()}#big-idea-1"')
    assertNotContains(answer, "hx-get")
    assertNotContains(answer, "the answer is")


def test_without_scripts_the_page_of_a_question_loads_itself_again(as_allowed, lesson):
    ask(as_allowed, lesson)
    url = Exchange.objects.get().get_absolute_url()
    assertContains(as_allowed.get(url), 'http-equiv="refresh"')

    answering.answer(Exchange.objects.get().pk)

    assertNotContains(as_allowed.get(url), 'http-equiv="refresh"')


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("", "Write your question first."),
        ("\u200b \u2060", "Write your question first."),
        ("why " * 200, "Keep it to 500."),
    ],
)
def test_what_is_no_question_is_sent_back_as_it_was(as_allowed, lesson, question, said):
    page = ask(as_allowed, lesson, question)

    assertContains(page, said, status_code=422)
    assert not Exchange.objects.exists()


def test_a_broken_id_is_refused_without_losing_the_words(as_allowed, lesson):
    page = ask(as_allowed, lesson, exchange_id="not an id")

    assertContains(page, WHY, status_code=422)


@pytest.mark.parametrize("is_signed_in", [False, True], ids=["signed out", "signed in"])
def test_the_closed_tutor_says_what_to_do_instead(
    htmx, database, student, is_signed_in
):
    other = LessonFactory(title="How strings pull")
    lesson = LessonFactory(slug="kites", related=[other.slug], question_count=3)
    if is_signed_in:
        htmx.force_login(student)

    page = htmx.swap("get", panel_url(lesson), "tutor-panel")

    assertContains(page, "How strings pull")
    assertContains(page, "ask a grown-up or your teacher")
    assertNotContains(page, reverse("tutor:ask", args=["kites"]) + '"')
    if not is_signed_in:
        assertNotContains(page, "<textarea")


def test_the_closed_tutor_names_nobody_who_has_not_acted(htmx, student, lesson):
    htmx.force_login(student)
    page = htmx.get(panel_url(lesson))

    assertContains(page, "First a grown-up has to say yes.")
    for word in ("Alex", "Ms Field", "guardian"):
        assertNotContains(page, word)


def test_a_student_asks_a_grown_up_once(htmx, student, lesson):
    htmx.force_login(student)
    for _time in range(2):
        htmx.post(reverse("tutor:ask_grown_up", args=[lesson.slug]))

    assert ConsentEvent.objects.get().kind == ConsentEvent.Kind.REQUESTED


def test_asked_with_the_gate_closed_it_is_not_kept(htmx, student, lesson):
    htmx.force_login(student)

    page = ask(htmx, lesson)

    assertContains(page, "First a grown-up has to say yes.", status_code=409)
    assert not Exchange.objects.exists()


def test_danger_leads_to_help_whatever_is_closed(htmx, student, lesson, contact):
    htmx.force_login(student)

    page = ask(htmx, lesson, "I want to kill myself")
    assertRedirects(page, Exchange.objects.get().get_absolute_url())
    assertContains(htmx.get(page.url), "Who will be told: Ms Help")


def test_nobody_is_named_who_will_not_be_told(htmx, student, lesson):
    User.objects.update(is_staff=False)
    htmx.force_login(student)

    page = htmx.get(ask(htmx, lesson, "I want to kill myself").url)

    assertContains(page, "Somebody can help you")
    assertNotContains(page, "Who will be told")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("exchange", None),
        ("follow", {"kind": "simpler"}),
        ("report", {}),
        ("send_on", {}),
    ],
)
def test_of_a_lesson_that_is_gone_nothing_is_shown_or_asked(
    as_allowed, allowed, lesson, name, data
):
    exchange = ExchangeFactory(student=allowed, lesson=lesson, answered=True)
    Lesson.objects.update(retired_at=timezone.now())
    url = reverse(f"tutor:{name}", args=[exchange.pk])

    page = as_allowed.get(url) if data is None else as_allowed.post(url, data)

    assert page.status_code == 404
    assert Exchange.objects.get() == exchange


def test_help_stays_where_it_was_though_the_lesson_is_gone(as_allowed, lesson):
    url = ask(as_allowed, lesson, "I want to kill myself").url
    Lesson.objects.update(retired_at=timezone.now())

    assertContains(as_allowed.get(url), "Who will be told: Ms Help")


def test_a_question_that_turned_out_to_be_danger_is_replaced_by_help(
    as_allowed, allowed, lesson
):
    exchange = ExchangeFactory(
        student=allowed, lesson=lesson, state=Exchange.State.DANGER
    )

    page = as_allowed.swap(
        "get", exchange.get_absolute_url(), f"exchange-{exchange.pk}"
    )

    assertContains(page, 'id="danger-help"')
    assertNotContains(page, "<html")


def test_somebody_elses_question_is_not_there(htmx, classmate, lesson):
    htmx.force_login(classmate)

    page = htmx.get(ExchangeFactory(lesson=lesson).get_absolute_url())

    assert page.status_code == 404


def test_what_told_of_danger_is_not_shown_again_beside_the_lesson(
    htmx, student, lesson
):
    htmx.force_login(student)
    ask(htmx, lesson, "my dad hits me every night")

    assertNotContains(htmx.get(panel_url(lesson)), "hits me")


def test_danger_gets_its_help_in_place_of_the_panel(htmx, student, lesson):
    htmx.force_login(student)
    url = reverse("tutor:ask", args=[lesson.slug])
    data = {"exchange_id": uuid4(), "question": "I want to kill myself"}

    page = htmx.swap("post", url, "tutor-panel", data)

    assertContains(page, 'id="danger-help"')
    assertNotContains(page, "<html")


def pending_with_a_sentence(student, lesson):
    exchange = ExchangeFactory(student=student, lesson=lesson)
    Claim.objects.create(
        exchange=exchange, position=0, sentence=TEXT[0], passages=["big-idea-1"]
    )
    return exchange


def test_proven_sentences_appear_while_more_come(as_allowed, allowed, lesson):
    exchange = pending_with_a_sentence(allowed, lesson)

    page = as_allowed.get(exchange.get_absolute_url())

    assertContains(page, TEXT[0])
    assertContains(page, "Checking the next sentence")
    assertContains(page, f'hx-get="{exchange.get_absolute_url()}"')


def test_of_an_answer_that_is_being_made_nothing_is_shown_once_the_gate_closes(
    as_allowed, allowed, lesson, settings
):
    exchange = pending_with_a_sentence(allowed, lesson)
    settings.TUTOR_PAUSED = True

    for url in (exchange.get_absolute_url(), panel_url(lesson)):
        page = as_allowed.get(url)
        assertContains(page, "This question was not answered.")
        assertNotContains(page, TEXT[0])
        assertNotContains(page, "hx-get")


def test_a_poll_costs_five_statements(
    as_allowed, allowed, lesson, django_assert_num_queries
):
    exchange = pending_with_a_sentence(allowed, lesson)
    name = f"exchange-{exchange.pk}"
    as_allowed.swap("get", exchange.get_absolute_url(), name)

    # Session, person, exchange, gate, claims; the queue was counted just before.
    with django_assert_num_queries(5):
        as_allowed.swap("get", exchange.get_absolute_url(), name)


def test_a_marked_sentence_goes_with_the_question(as_allowed, lesson):
    ask(as_allowed, lesson, about="big-idea-3")

    assert Exchange.objects.get().about == "big-idea-3"
    assertContains(as_allowed.get(panel_url(lesson)), f"<q>{TEXT[2]}</q>")


def test_what_stands_in_no_lesson_is_not_what_it_is_about(as_allowed, lesson):
    ask(as_allowed, lesson, about="elsewhere-000000")

    assert Exchange.objects.get().about == ""


def test_who_writes_of_themselves_is_told_kindly(as_allowed, lesson):
    ask(as_allowed, lesson, "I am Zora Lindqvist. Why does bread rise?")
    answering.answer(Exchange.objects.get().pk)

    page = as_allowed.get(panel_url(lesson))

    assertContains(page, "What tells who you are was left out.")


def test_a_reported_answer_is_flagged_once_and_says_so(as_allowed, allowed, lesson):
    exchange = ExchangeFactory(student=allowed, lesson=lesson, answered=True)
    url = reverse("tutor:report", args=[exchange.pk])
    assertContains(as_allowed.get(panel_url(lesson)), "Report this answer")
    as_allowed.post(url)
    exchange.refresh_from_db()
    first = exchange.reported_at

    page = as_allowed.swap("post", url, f"exchange-{exchange.pk}")

    assertContains(page, "You reported this answer.")
    assertNotContains(page, "Report this answer")
    exchange.refresh_from_db()
    assert exchange.reported_at == first
    assert Flag.objects.get().kind == Flag.Kind.REPORT


def test_nobody_reports_somebody_elses_answer(htmx, classmate, lesson):
    exchange = ExchangeFactory(lesson=lesson, answered=True)
    htmx.force_login(classmate)

    url = reverse("tutor:report", args=[exchange.pk])

    assert htmx.post(url).status_code == 404
    assert not Flag.objects.exists()


def test_older_questions_are_folded_away(as_allowed, allowed, lesson):
    ExchangeFactory.create_batch(5, student=allowed, lesson=lesson, answered=True)

    assertContains(as_allowed.get(panel_url(lesson)), "2 earlier questions")


@pytest.mark.parametrize("count", [1, 8])
def test_the_panel_takes_the_same_queries_for_any_number_of_questions(
    as_allowed, allowed, lesson, count, django_assert_num_queries
):
    for exchange in ExchangeFactory.create_batch(
        count, student=allowed, lesson=lesson, about="big-idea-1"
    ):
        answering.answer(exchange.pk)

    # Catalogue, session, person, lesson, gate, questions, claims, sent to teachers,
    # classes, passages, queue.
    with django_assert_num_queries(11):
        as_allowed.get(panel_url(lesson))
