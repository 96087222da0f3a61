import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from quizzes import assignments, follow_ups, starting
from quizzes.models import Assignment
from tests.factories import AssignmentFactory, QuestionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment(classroom):
    return AssignmentFactory(classroom=classroom, at_end=True, minutes=20)


@pytest.fixture
def questions(assignment):
    return QuestionFactory.create_batch(3, quiz=assignment.quiz)


@pytest.fixture
def again(assignment, questions, teacher, student):
    def again(questions=questions[1:], students=(student,)):
        return follow_ups.assign_again(
            assignment=assignment, questions=questions, students=students, by=teacher
        )

    return again


def test_exactly_these_questions_are_asked_of_exactly_these_students(
    again, questions, student, classmate
):
    made = again()

    assert list(assignments.recipients(made)) == [student]
    attempt = starting.start_assigned(assignment=made, student=student)
    assert list(attempt.questions.all()) == questions[1:]


def test_it_goes_by_the_rules_of_the_first_time_without_its_limits(
    again, assignment, teacher
):
    made = again()

    assert (made.classroom, made.quiz) == (assignment.classroom, assignment.quiz)
    assert (made.feedback, made.minutes, made.made_by) == ("at_end", None, teacher)
    assert made.is_open


def test_a_second_press_makes_no_second_one(again, classmate, student):
    first = again()

    assert again() == first
    assert again(students=(student, classmate)) != first
    assert Assignment.objects.count() == 3


def test_nothing_is_asked_again_before_the_marks_are_shown(
    client, assignment, questions, teacher, student
):
    Assignment.objects.update(feedback=Assignment.Feedback.RELEASED)
    client.force_login(teacher)
    address = reverse("quizzes:follow_up", args=[assignment.pk])
    ticked = {"question": [questions[1].pk], "student": [student.pk]}

    page = client.get(address)
    answer = client.post(address, ticked)

    assertContains(page, "Show the marks first.")
    assertNotContains(page, "Assign it")
    assertContains(answer, "Show the marks first.", status_code=409)
    assert list(Assignment.objects.all()) == [assignment]
