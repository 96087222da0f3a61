import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from quizzes import grading, starting
from quizzes.models import Attempt, Question
from quizzes.results import Result
from quizzes.stored_sittings import sitting_of
from tests.factories import (
    AttemptFactory,
    LessonFactory,
    QuestionFactory,
    QuizFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz():
    quiz = QuizFactory(lesson=LessonFactory(slug="kites"))
    QuestionFactory.create_batch(4, quiz=quiz)
    return quiz


@pytest.fixture
def student():
    return UserFactory()


def taken(quiz, student, *picks):
    """A sitting whose questions were answered so, in their order."""
    attempt = starting.start(quiz=quiz, student=student)
    answers = dict(
        zip(attempt.questions.all(), [[pick] for pick in picks], strict=True)
    )
    grading.submit_answers(attempt=attempt, answers=answers)
    return Attempt.objects.with_lesson().get(pk=attempt.pk)


def test_each_question_tells_the_change_since_the_last_try(quiz, student):
    taken(quiz, student, "right", "wrong", "right", "wrong")

    attempt = taken(quiz, student, "right", "wrong", "wrong", "right")

    result = Result(sitting_of(attempt))
    changes = [line.change for line in result.lines]
    assert changes == ["same", "same", "worse", "better"]
    assert result.last_time.score == 2


def test_a_first_try_has_nothing_to_compare_with(quiz, student):
    taken(quiz, UserFactory(), "right", "right", "right", "right")

    attempt = taken(quiz, student, "right", "wrong", "right", "wrong")

    result = Result(sitting_of(attempt))
    assert [line.change for line in result.lines] == [""] * 4
    assert result.last_time is None


def test_the_page_says_what_changed(client, quiz, student):
    client.force_login(student)
    taken(quiz, student, "right", "wrong", "right", "wrong")

    page = client.get(taken(quiz, student, *["right"] * 4).get_absolute_url())

    assertContains(page, "Better than last time", 2)
    assertContains(page, "Right last time, too", 2)
    assertContains(page, "last time 2 of 4")


def test_the_ones_that_were_missed_are_asked_again_and_nothing_else(
    client, quiz, student
):
    client.force_login(student)
    attempt = taken(quiz, student, "right", "wrong", "right", "wrong")
    url = reverse("quizzes:try_missed", args=[attempt.pk])

    response = client.post(url)
    client.post(url)

    again = Attempt.objects.get(purpose=Attempt.Purpose.REVIEW)
    assertRedirects(response, again.get_absolute_url())
    asked = attempt.questions.all()
    assert list(again.questions.all()) == [asked[1], asked[3]]
    assert list(quiz.attempts.filter(purpose=Attempt.Purpose.QUIZ)) == [attempt]


def test_what_was_missed_and_has_left_the_quiz_begins_no_empty_sitting(
    client, quiz, student
):
    client.force_login(student)
    attempt = taken(quiz, student, "right", "right", "right", "wrong")
    last = attempt.questions.last()
    Question.objects.filter(pk=last.pk).update(retired_at=attempt.handed_in_at)

    response = client.post(reverse("quizzes:try_missed", args=[attempt.pk]))

    assertContains(response, "What you missed is not in the quiz any more.", 1, 409)
    assert Attempt.objects.get() == attempt


@pytest.mark.parametrize("count", [1, 12])
def test_a_result_costs_the_same_whatever_its_size(
    client, student, count, django_assert_max_num_queries
):
    quiz = QuizFactory()
    QuestionFactory.create_batch(count, quiz=quiz)
    client.force_login(student)
    taken(quiz, student, *["wrong"] * count)
    attempt = taken(quiz, student, *["right"] * count)

    with django_assert_max_num_queries(8):
        client.get(attempt.get_absolute_url())


def test_only_what_can_be_tried_again_is_said_to_be(client, quiz, student):
    client.force_login(student)
    practised = taken(quiz, student, *["wrong"] * 4)
    review = AttemptFactory(
        student=student, review=True, questions=practised.questions.all()
    )
    answers = {question: ["wrong"] for question in review.questions.all()}
    grading.submit_answers(attempt=review, answers=answers)

    assertContains(client.get(practised.get_absolute_url()), "then try again")
    page = client.get(review.get_absolute_url())
    assertContains(page, "Some of it has not stuck yet.")
    assertNotContains(page, "then try again")
