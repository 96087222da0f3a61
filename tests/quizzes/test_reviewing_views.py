import html
import json
import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from quizzes.models import Attempt, Response, ReviewCard
from tests.factories import (
    PassageFactory,
    QuestionFactory,
    QuizFactory,
    ReviewCardFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
REVIEW = "/learn/review/"
START = "/learn/review/start/"
SHEET = "/learn/review/print/"
DEVICE = "/learn/review/device/"
ANSWER = "/learn/review/answer/"


@pytest.fixture
def student(htmx):
    student = UserFactory()
    htmx.force_login(student)
    return student


def missed(student, quiz=None, *, days=1, **values):
    question = QuestionFactory(quiz=quiz or QuizFactory(), **values)
    ReviewCardFactory(
        student=student,
        quiz=question.quiz,
        key=question.key,
        due_at=timezone.now() - timedelta(days=days),
    )
    return question


def given(question, pick="wrong", *, days=2, **values):
    """An answer as a device keeps it."""
    happened_at = timezone.now() - timedelta(days=days)
    return {
        "id": str(uuid.uuid4()),
        "kind": "answered",
        "attempt": str(uuid.uuid4()),
        "quiz": question.quiz.slug,
        "question": question.key,
        "version": question.version,
        "answer": [pick],
        "with_hint": False,
        "purpose": "quiz",
        "happened_at": happened_at.isoformat(),
    } | values


def ask(client, *events):
    return client.post(DEVICE, {"events": list(events)}, "application/json")


def state_in(response):
    return re.search(r'name="state" value="([^"]+)"', response.content.decode())[1]


def test_the_page_says_how_many_wait(htmx, student):
    for _ in range(7):
        missed(student)

    page = htmx.get(REVIEW)

    assertContains(page, "<strong>7</strong> questions wait", html=False)
    assertContains(page, "Answer 5 now")


def test_the_page_says_when_the_next_ones_come(htmx, student):
    missed(student, days=-3)
    day = timezone.now() + timedelta(days=3)

    assertContains(htmx.get(REVIEW), f"comes back on {day.day} {day:%B}")


def test_with_nothing_to_look_at_again_the_page_says_what_it_is_for(htmx, student):
    page = htmx.get(REVIEW)

    assertContains(page, "Nothing to look at again.")
    assertNotContains(page, '<button class="button">', html=False)


def test_the_panel_is_the_same_as_on_the_page(htmx, student):
    missed(student)

    fragment, element = htmx.fragment_and_element(REVIEW, "my-review")

    assert fragment == element


def test_a_review_is_taken_on_the_page_of_an_attempt(htmx, student):
    question = missed(student)

    page = htmx.post(START, follow=True)

    assertRedirects(page, Attempt.objects.get().get_absolute_url())
    assertContains(page, "<h1>Five from before</h1>", html=True)
    assertContains(page, question.stem)
    assertContains(page, question.quiz.title)
    assertNotContains(page, "Back to the lesson")


def test_with_nothing_due_starting_leads_back(htmx, student):
    assertRedirects(htmx.post(START), REVIEW)


def test_an_open_review_is_gone_on_with(htmx, student):
    missed(student)
    htmx.post(START)
    attempt = Attempt.objects.get()

    assertContains(htmx.get(REVIEW), attempt.get_absolute_url())
    assertRedirects(htmx.post(START), attempt.get_absolute_url())


def answer(client, attempt, question, pick):
    data = {"question": 1, f"q{question.pk}": pick}
    address = reverse("quizzes:submit", args=[attempt.pk])
    return client.post(address, data, follow=True)


@pytest.fixture
def passage():
    return PassageFactory(key="idea-aaaaaa", text="The wind lifts it.")


@pytest.mark.parametrize("key", ["idea-aaaaaa", "idea-before"])
def test_a_miss_opens_the_passage_in_the_mark_and_in_the_result(
    htmx, student, passage, key
):
    passage.aliases = ["idea-before"]
    passage.save()
    quiz = QuizFactory(lesson=passage.lesson)
    PassageFactory(lesson=passage.lesson, section=passage.section, text="Not this.")
    question = missed(student, quiz, passages=[key])
    htmx.post(START)
    attempt = Attempt.objects.get()

    mark = answer(htmx, attempt, question, "wrong")
    result = htmx.get(attempt.get_absolute_url())

    for page in (mark, result):
        assertContains(page, "<p>The wind lifts it.</p>", html=True)
        assertContains(page, f"{passage.lesson.get_absolute_url()}#idea-aaaaaa")
        assertNotContains(page, "Not this.")
    assertContains(result, REVIEW)


def test_a_right_answer_opens_no_passage(htmx, student, passage):
    quiz = QuizFactory(lesson=passage.lesson)
    question = missed(student, quiz, passages=[passage.key])
    htmx.post(START)

    page = answer(htmx, Attempt.objects.get(), question, "right")

    assertContains(page, "That is right.")
    assertNotContains(page, passage.text)


def test_a_review_moves_the_card_on(htmx, student):
    question = missed(student)
    htmx.post(START)

    answer(htmx, Attempt.objects.get(), question, "wrong")

    assert ReviewCard.objects.get().due_at > timezone.now()


def test_a_hint_is_of_one_question_where_two_have_the_same_key(htmx, student):
    for days in (2, 1):
        missed(student, key="q1", hint="Think.", days=days)
    htmx.post(START)
    attempt = Attempt.objects.get()
    first, second = [asked.question for asked in asks_of(attempt)]
    submit = reverse("quizzes:submit", args=[attempt.pk])

    htmx.post(submit, {"question": 1, "hint": first.pk})
    for number, question in enumerate((first, second), start=1):
        htmx.post(submit, {"question": number, f"q{question.pk}": "right"})

    hinted = dict(attempt.responses.values_list("question", "with_hint"))
    assert hinted == {first.pk: True, second.pk: False}


def asks_of(attempt):
    return attempt.questions.through.objects.filter(attempt=attempt).order_by("pk")


@pytest.mark.parametrize("count", [1, 30])
def test_pages_cost_the_same_whatever_waits(
    htmx, student, count, django_assert_max_num_queries
):
    for _ in range(count):
        missed(student)

    with django_assert_max_num_queries(5):
        htmx.get(REVIEW)
    with django_assert_max_num_queries(5):
        htmx.get(SHEET)
    htmx.post(START)
    with django_assert_max_num_queries(6):
        htmx.get(Attempt.objects.get().get_absolute_url())


def test_the_sheet_has_the_week_and_where_to_look_it_up_and_no_key(htmx, student):
    quiz = QuizFactory()
    lesson = quiz.lesson
    lesson.outline = [{"id": "idea", "title": "The big idea", "kind": "idea"}]
    lesson.save()
    this_week = missed(student, quiz, days=-6, passages=["idea-0a0a0a"])
    later = missed(student, days=-9)

    sheet = htmx.get(SHEET)

    assertContains(sheet, this_week.stem)
    assertContains(sheet, f"“{lesson.title}”, The big idea")
    assertNotContains(sheet, this_week.explanation)
    assertNotContains(sheet, "What was mixed up")
    assertNotContains(sheet, later.stem)


def test_the_sheet_has_fifteen_questions_at_the_most(htmx, student):
    for _ in range(20):
        missed(student)

    assertContains(htmx.get(SHEET), '<p class="stem">', count=15)


def test_an_empty_sheet_says_so(htmx, student):
    assertContains(htmx.get(SHEET), "Nothing for this week")


def test_signed_out_the_page_asks_the_device(htmx):
    page = htmx.get(REVIEW)

    assertContains(page, f'data-review-device="{DEVICE}"')
    assertContains(page, "sign in to have what you miss come back")


def test_what_a_device_remembers_is_told_and_not_stored(htmx):
    question, right = QuestionFactory(), QuestionFactory()

    card = ask(htmx, given(question), given(right, "right"), {"kind": "nonsense"})

    assertContains(card, "<strong>1</strong> question waits", html=False)
    assertNotContains(card, "<html")
    assert not Response.objects.exists()
    assert not ReviewCard.objects.exists()


def test_a_score_from_a_device_is_not_believed(htmx):
    question = QuestionFactory()

    card = ask(htmx, given(question, "right", points=0), given(question, "right"))

    assertContains(card, "Nothing to look at again")


def test_the_first_answer_of_a_sitting_stands_on_a_device_too(htmx):
    question, sitting = QuestionFactory(), str(uuid.uuid4())
    first = given(question, "right", days=3, attempt=sitting)
    second = given(question, "wrong", days=2, attempt=sitting)

    assertContains(ask(htmx, second, first), "Nothing to look at again")
    assertContains(ask(htmx, second), "question waits")


def test_a_closed_quiz_is_neither_marked_nor_asked_for_a_device(htmx):
    closed = QuestionFactory(quiz=QuizFactory(closed=True))
    practice = QuestionFactory()

    card = ask(htmx, given(closed), given(practice))
    page = htmx.post(ANSWER, {"state": state_in(card), "show": 1})

    assertContains(card, "<strong>1</strong> question waits", html=False)
    assertContains(page, practice.stem)
    assertNotContains(page, closed.stem)


def test_a_device_hears_when_the_next_ones_come(htmx):
    card = ask(htmx, given(QuestionFactory(), days=0))

    assertContains(card, "Nothing waits today.")
    assertNotContains(card, 'name="state"')


def test_a_review_signed_out_is_marked_in_the_reply_with_its_passage(htmx, passage):
    question = QuestionFactory(
        quiz=QuizFactory(lesson=passage.lesson), passages=[passage.key]
    )
    state = state_in(ask(htmx, given(question)))

    first = htmx.post(ANSWER, {"state": state, "show": 1})
    mark = htmx.post(
        ANSWER, {"state": state, "question": 1, f"q{question.pk}": "wrong"}
    )

    assertContains(first, "<h1>Five from before</h1>", html=True)
    assertContains(mark, "Not quite.")
    assertContains(mark, passage.text)
    [kept] = answered_in(mark)
    assert (kept["purpose"], kept["question"]) == ("review", question.key)
    assert not Attempt.objects.exists()


def answered_in(page):
    found = re.search(r'data-answered="([^"]*)"', page.content.decode())[1]
    return json.loads(html.unescape(found))


def test_a_state_that_was_tampered_with_begins_again_with_a_word(htmx):
    page = htmx.post(ANSWER, {"state": "nonsense"})

    assertContains(page, "Begin again", status_code=400)


@pytest.mark.parametrize(
    ("body", "status"),
    [("", 400), ("[]", 400), ("{", 400), (json.dumps({"events": [0] * 1001}), 413)],
)
def test_a_body_that_is_no_delivery_is_refused_with_a_sentence(htmx, body, status):
    response = htmx.post(DEVICE, body, "application/json")

    assert response.status_code == status
    assert response.json()["error"].startswith("Send ")


def test_a_device_in_a_loop_is_slowed(htmx, settings):
    limits = settings.ACCOUNT_RATE_LIMITS
    settings.ACCOUNT_RATE_LIMITS = {**limits, "review_device": "2/m/ip"}
    asked = [htmx.post(DEVICE, '{"events": []}', "application/json") for _ in range(3)]

    assert [response.status_code for response in asked] == [200, 200, 429]
    assertContains(asked[2], "Try again in a minute.", status_code=429)


def test_a_whole_school_behind_one_address_may_ask(settings):
    assert settings.ACCOUNT_RATE_LIMITS["review_device"] == "600/m/ip"


def test_the_sheet_of_a_device_is_made_from_what_it_posts(htmx):
    question = QuestionFactory()
    events = json.dumps({"events": [given(question)]})

    sheet = htmx.post(SHEET, {"events": events})

    assertContains(sheet, question.stem)
    assertNotContains(sheet, question.explanation)


def test_a_sheet_of_what_cannot_be_read_says_so(htmx):
    page = htmx.post(SHEET, {"events": "nonsense"})

    assertContains(page, "could not be read", status_code=400)


@pytest.mark.parametrize("count", [1, 60])
def test_asking_for_a_device_costs_the_same_whatever_it_holds(
    htmx, count, django_assert_max_num_queries
):
    events = [given(QuestionFactory()) for _ in range(count)]

    with django_assert_max_num_queries(2):
        ask(htmx, *events)
