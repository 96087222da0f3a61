"""What stands before handing in, and what a student can do after it."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from quizzes import assignments, closing, grading
from quizzes.models import Attempt
from tests.factories import (
    AssignmentFactory,
    OverrideFactory,
    QuestionFactory,
    QuizFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment(classroom):
    quiz = QuizFactory(title="How kites fly")
    QuestionFactory.create_batch(3, quiz=quiz)
    return AssignmentFactory(classroom=classroom, quiz=quiz, at_end=True)


@pytest.fixture
def client(client, student):
    client.force_login(student)
    return client


def begun(assignment, student, *picks):
    attempt = assignments.start(assignment=assignment, student=student)
    answers = dict(zip(attempt.questions.all(), [[p] for p in picks], strict=False))
    grading.submit_answers(attempt=attempt, answers=answers, is_draft=True)
    return attempt


def handed_in(assignment, student, *picks):
    attempt = begun(assignment, student, *picks)
    closing.hand_in(attempt=attempt)
    return attempt


def overview(attempt):
    return f"{attempt.get_absolute_url()}?question=0"


def test_open_questions_stand_out_and_are_asked_about_before_handing_in(
    client, student, assignment
):
    attempt = begun(assignment, student, "right")

    page = client.get(overview(attempt))

    assertContains(page, '<span class="state is-left-open">still open</span>', 2)
    assertContains(page, '<summary class="button">Hand in</summary>')
    assertContains(page, "2 questions are still open, and earn nothing")
    assertContains(page, "Hand in all the same")


def test_with_everything_answered_nothing_is_asked(client, student, assignment):
    attempt = begun(assignment, student, "right", "wrong", "wrong")

    page = client.get(overview(attempt))

    assertContains(page, '<button class="button">Hand in</button>')
    assertNotContains(page, "still open")


def test_with_an_attempt_left_one_tries_again_for_the_class(
    client, student, assignment
):
    assignment.attempts_allowed = 2
    assignment.save()
    first = handed_in(assignment, student, "wrong")
    again = reverse("quizzes:start_assigned", args=[assignment.pk])

    page = client.get(first.get_absolute_url())
    response = client.post(again, follow=True)

    assertContains(page, f'action="{again}"')
    assertContains(page, "Do it again for Room 12")
    assertContains(page, "1 attempt left")
    assertContains(page, "does not count for Room 12")
    assertContains(response, "Given to Room 12")
    assert Attempt.objects.filter(assignment=assignment).count() == 2


def test_without_an_attempt_left_the_next_try_is_practice_and_says_so(
    client, student, assignment
):
    assignment.attempts_allowed = 1
    assignment.save()
    first = handed_in(assignment, student, "wrong")

    page = client.get(first.get_absolute_url())

    assertNotContains(page, reverse("quizzes:start_assigned", args=[assignment.pk]))
    assertContains(page, "is practice: what you handed in for Room 12 stays as it is")
    for name, named in [("start", assignment.quiz.slug), ("try_missed", first.pk)]:
        to = reverse(f"quizzes:{name}", args=[named])
        # Not swapped into a page that says for whom it is.
        assertContains(page, f'<form method="post" action="{to}">')
        assertNotContains(client.post(to, follow=True), "Given to")


def test_after_practice_one_goes_on_in_the_same_place(client, student, assignment):
    quiz = reverse("quizzes:start", args=[assignment.quiz.slug])
    attempt = client.post(quiz, follow=True).context["sitting"].attempt
    closing.hand_in(attempt=attempt)

    page = client.get(attempt.get_absolute_url())

    assertContains(page, f'hx-post="{quiz}"')
    assertNotContains(page, "Room 12")


def test_at_the_end_of_its_lesson_what_a_class_was_given_comes_first(
    client, student, assignment
):
    panel = reverse("quizzes:lesson_panel", args=[assignment.quiz.slug])
    start = f'action="{reverse("quizzes:start_assigned", args=[assignment.pk])}"'

    before = client.get(panel).content.decode()
    begun(assignment, student, "right")
    meanwhile = client.get(panel)
    OverrideFactory(assignment=assignment, student=student, excused=True)

    practice = before.index(reverse("quizzes:start", args=[assignment.quiz.slug]))
    assert before.index(start) < before.index("Or only practise") < practice
    assertContains(meanwhile, "Go on for Room 12: 1 of 3 answered")
    assertNotContains(client.get(panel), start)


@pytest.mark.parametrize("who", ["other_student", "teacher", "nobody"])
def test_others_are_offered_practice_alone(request, client, assignment, who):
    client.logout()
    if who != "nobody":
        client.force_login(request.getfixturevalue(who))

    page = client.get(reverse("quizzes:quiz", args=[assignment.quiz.slug]))

    assertContains(page, "Start the quiz")
    assertNotContains(page, "Room 12")
    assertNotContains(page, "Or only practise")
