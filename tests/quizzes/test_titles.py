import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from quizzes.gradebook import gradebook_of
from quizzes.models import Assignment, Quiz
from tests.factories import (
    AssignmentFactory,
    LessonFactory,
    QuestionFactory,
    QuizFactory,
)

pytestmark = pytest.mark.django_db


def titles(classroom):
    given = Assignment.objects.filter(classroom=classroom).with_content()
    return [each.title for each in given.order_by("pk")]


def test_the_oldest_of_a_name_keeps_it_bare_and_the_others_are_counted(classroom):
    quiz = QuizFactory(title="Kites")
    lesson = LessonFactory(title="Kites")
    AssignmentFactory(classroom=classroom, quiz=quiz)
    AssignmentFactory(quiz=quiz)
    AssignmentFactory(classroom=classroom, quiz__title="Wind")
    AssignmentFactory(classroom=classroom, quiz=None, lesson=lesson)
    AssignmentFactory(classroom=classroom, quiz=quiz, lesson=LessonFactory())

    assert titles(classroom) == ["Kites", "Wind", "Kites #2", "Kites #3"]


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("teacher", "class_assignments"),
        ("teacher", "projector"),
        ("teacher", "gradebook"),
        ("student", "assigned_in_class"),
    ],
)
def test_every_page_numbers_them_alike(request, client, classroom, student, who, name):
    first = AssignmentFactory(classroom=classroom, quiz__title="Kites")
    AssignmentFactory(classroom=classroom, quiz=first.quiz)
    client.force_login(request.getfixturevalue(who))

    page = client.get(reverse(f"quizzes:{name}", args=[classroom.pk]))

    assertContains(page, ">Kites<")
    assertContains(page, ">Kites #2<")


def test_the_page_of_one_has_its_number_too(client, classroom, teacher):
    first = AssignmentFactory(classroom=classroom, quiz__title="Kites")
    second = AssignmentFactory(classroom=classroom, quiz=first.quiz)
    client.force_login(teacher)

    for name in ("assignment_work", "preview_assignment", "paper"):
        page = client.get(reverse(f"quizzes:{name}", args=[second.pk]))
        assertContains(page, "<h1>Kites #2</h1>")


@pytest.mark.parametrize(
    "name",
    [
        "assignment",
        "assignment_work",
        "preview_assignment",
        "assignment_extensions",
        "release",
        "paper",
        "paper_type",
        "difficult_questions",
        "follow_up",
    ],
)
def test_every_page_of_one_leads_to_its_class(client, classroom, teacher, name):
    given = AssignmentFactory(classroom=classroom)
    client.force_login(teacher)

    page = client.get(reverse(f"quizzes:{name}", args=[given.pk]))

    assertContains(page, f'<a href="{classroom.get_absolute_url()}">')


def test_a_gradebook_costs_no_more_for_equal_names(
    classroom, django_assert_max_num_queries
):
    first = AssignmentFactory(classroom=classroom)
    AssignmentFactory.create_batch(9, classroom=classroom, quiz=first.quiz)

    with django_assert_max_num_queries(14):
        columns = gradebook_of(classroom).columns

    assert columns[0].assignment.title == f"{first.quiz} #10"


@pytest.mark.parametrize("access", Quiz.Access)
def test_the_page_of_its_quiz_tells_them_apart(client, classroom, student, access):
    quiz = QuizFactory(title="Kites", access=access)
    QuestionFactory(quiz=quiz)
    AssignmentFactory.create_batch(2, classroom=classroom, quiz=quiz)
    client.force_login(student)

    page = client.get(quiz.get_absolute_url())

    assertContains(page, "Kites #2", 1)


def test_what_is_given_out_is_named_as_the_class_has_it(client, classroom, teacher):
    first = AssignmentFactory(classroom=classroom, quiz__title="Kites")
    client.force_login(teacher)

    page = client.post(
        reverse("quizzes:new_assignment", args=[classroom.pk]),
        {"quiz": first.quiz.pk, "audience": "class", "feedback": "at_once"},
        follow=True,
    )

    assertContains(page, "“Kites #2” is given out.")
