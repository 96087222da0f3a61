import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from quizzes.models import Attempt, Question, Response
from tests.factories import QuestionFactory, UserFactory, choices

pytestmark = pytest.mark.django_db


@pytest.fixture
def question():
    return QuestionFactory(key="c1", in_the_text=True)


@pytest.fixture
def url(question):
    return reverse("quizzes:check", args=[question.quiz.slug, "c1"])


def texts_in(response, question):
    """The texts of the choices, in the order in which the page shows them."""
    page = response.content.decode()
    return sorted((c["text"] for c in question.body["choices"]), key=page.index)


def test_a_check_question_comes_alone_into_the_lesson(htmx, question, url):
    response = htmx.swap("get", url, "check-c1")

    assertContains(response, question.stem)
    assertNotContains(response, question.explanation)
    assertNotContains(response, "<html")


def test_reading_a_lesson_begins_no_attempt(htmx, url):
    htmx.force_login(UserFactory())

    htmx.swap("get", url, "check-c1")

    assert not Attempt.objects.exists()


def test_an_answer_is_kept_and_there_again_next_time(htmx, question, url):
    htmx.force_login(UserFactory())

    htmx.swap("post", url, "check-c1", {f"q{question.pk}": "wrong"})
    htmx.swap("post", url, "check-c1", {f"q{question.pk}": "right"})
    response = htmx.swap("get", url, "check-c1")

    assert Response.objects.get().answer == ["wrong"]
    assertContains(response, "Not quite.")


def test_signed_out_an_answer_is_marked_at_once_and_told_to_the_device(
    htmx, question, url
):
    response = htmx.swap("post", url, "check-c1", {f"q{question.pk}": "right"})

    assertContains(response, "That is right.")
    assertContains(response, "&quot;question&quot;: &quot;c1&quot;")
    assert not Response.objects.exists()


def test_no_choice_is_a_message(htmx, url):
    response = htmx.swap("post", url, "check-c1", {})

    assertContains(response, "Give an answer first.", status_code=422)


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_choices_stay_where_they_are_when_the_answer_comes(
    htmx, question, url, is_signed_in
):
    Question.objects.update(body=choices(1, 6))
    question.refresh_from_db()
    if is_signed_in:
        htmx.force_login(UserFactory())

    asked = texts_in(htmx.swap("get", url, "check-c1"), question)
    refused = texts_in(htmx.swap("post", url, "check-c1", {}), question)
    answer = {f"q{question.pk}": "wrong"}
    marked = texts_in(htmx.swap("post", url, "check-c1", answer), question)

    assert asked == refused == marked


def test_an_end_question_is_not_asked_here(htmx, question):
    end = QuestionFactory(quiz=question.quiz, key="q1")

    response = htmx.get(reverse("quizzes:check", args=[end.quiz.slug, "q1"]))

    assert response.status_code == 404


def test_the_sitting_of_check_questions_is_on_no_quiz_page(htmx, question, url):
    student = UserFactory()
    htmx.force_login(student)
    htmx.post(url, {f"q{question.pk}": "right"})
    attempt = Attempt.objects.get()

    assert htmx.get(attempt.get_absolute_url()).status_code == 404
    page = htmx.get(question.quiz.get_absolute_url())
    assertNotContains(page, "Last time")
