import pytest
from django.urls import reverse

from quizzes import disputes
from quizzes.paper_sheets import make_sheets, papers_of, sheets_of
from tendril.accounts.models import Look
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    QuestionFactory,
    ResponseFactory,
)
from tests.quizzes.answered import answered, contest, mark_all
from tests.quizzes.taken import given, take

pytestmark = pytest.mark.django_db


def looks():
    return set(
        Look.objects.values_list("viewer__username", "student__username", "what")
    )


@pytest.mark.parametrize("name", ["class_status", "class_panel"])
def test_lists_of_a_class_are_looks_at_the_marks_of_all_in_it(
    client, classroom, teacher, student, classmate, name
):
    client.force_login(teacher)

    client.get(
        reverse(f"quizzes:{name}", args=[classroom.pk][: name == "class_status"])
    )

    assert looks() == {
        ("teacher", "student", "marks"),
        ("teacher", "classmate", "marks"),
    }


def test_the_list_of_a_family_is_a_look_at_each_child(client, guardian, student):
    client.force_login(guardian)

    client.get(reverse("quizzes:family_panel"))

    assert looks() == {(guardian.username, "student", "family")}


def test_typing_sheets_in_is_a_look_at_the_answers_that_are_there(
    client, classroom, teacher, student, classmate
):
    assignment = given(classroom, questions=1)
    make_sheets(assignment=assignment)
    papers = papers_of(sheets_of(assignment))
    [typed_in] = [paper for paper in papers if paper.sheet.student == student]
    client.force_login(teacher)
    client.post(
        reverse("quizzes:paper_row", args=[assignment.pk, typed_in.sheet.pk]),
        {f"q{typed_in.questions[0].pk}": "a"},
    )

    client.get(reverse("quizzes:paper_type", args=[assignment.pk]))

    assert looks() == {("teacher", "student", "answers")}


def test_the_list_of_sheets_is_a_look_at_the_marks_of_those_typed_in(
    client, classroom, teacher, student, classmate
):
    assignment = given(classroom, questions=1)
    make_sheets(assignment=assignment)
    AttemptFactory(assigned=True, assignment=assignment, student=classmate)
    sheet = assignment.paper_sheets.get(student=student)
    sheet.attempt = take(assignment, student, right=1)
    sheet.save()
    client.force_login(teacher)

    client.get(reverse("quizzes:paper", args=[assignment.pk]))

    assert looks() == {("teacher", "student", "marks")}


def test_late_answers_are_a_look_at_answers_beside_the_marks_of_all(
    client, classroom, teacher, student, classmate
):
    assignment = given(classroom, questions=1)
    attempt = take(assignment, student, right=1)
    ResponseFactory(
        attempt=attempt,
        question=assignment.quiz.questions.get(),
        is_late=True,
        counts=False,
    )
    client.force_login(teacher)

    client.get(reverse("quizzes:assignment_work", args=[assignment.pk]))

    assert looks() == {
        ("teacher", "student", "answers"),
        ("teacher", "student", "marks"),
        ("teacher", "classmate", "marks"),
    }


def test_who_may_have_more_time_is_a_look_at_how_far_all_are(
    client, classroom, teacher, student
):
    client.force_login(teacher)

    client.get(reverse("quizzes:assignment_extensions", args=[given(classroom).pk]))

    assert looks() == {("teacher", "student", "marks")}


def test_marks_that_changed_are_a_look_at_the_answers_to_them(
    client, classroom, teacher, student, classmate
):
    question = QuestionFactory(short=True)
    assignment = AssignmentFactory(classroom=classroom, quiz=question.quiz)
    first, _other = answered(
        question, ["no"], ["not"], students=[student, classmate], assignment=assignment
    )
    correction = disputes.accept(dispute=contest(first), by=teacher)
    mark_all()
    client.force_login(teacher)

    client.get(correction.get_absolute_url())

    assert looks() == {("teacher", "student", "answers")}
