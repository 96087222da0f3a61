import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from quizzes.models import Assignment, Attempt
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    ClassroomFactory,
    QuizFactory,
)

pytestmark = pytest.mark.django_db

LIST = reverse("admin:quizzes_assignment_changelist")
ADD = reverse("admin:quizzes_assignment_add")


@pytest.fixture
def staff(client, admin):
    client.force_login(admin)
    return client


def filled_in(quiz, classroom, /, **changes):
    return {
        "quiz": quiz.pk,
        "classroom": classroom.pk,
        "opens_at_0": "2026-11-02",
        "opens_at_1": "08:00",
        "closes_at_0": "2026-11-09",
        "closes_at_1": "16:00",
        "attempts_allowed": "2",
        "feedback": "released",
        "minutes": "20",
    } | changes


def test_staff_give_a_closed_quiz_to_a_class(staff, admin, classroom):
    quiz = QuizFactory(closed=True)

    response = staff.post(ADD, filled_in(quiz, classroom), follow=True)

    assertRedirects(response, LIST)
    given = Assignment.objects.get()
    assert (given.made_by, given.minutes, given.has_hints) == (admin, 20, False)
    assert "practice quiz" not in response.content.decode()


def test_giving_out_a_practice_quiz_says_that_its_key_is_open(staff, classroom):
    response = staff.post(ADD, filled_in(QuizFactory(), classroom), follow=True)

    assertContains(response, "This is a practice quiz: anyone can find out")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"closes_at_0": "2026-11-01"}, "Write a moment after the one it opens at."),
        ({"attempts_allowed": "0"}, "Write a number from 1 to 100, or leave it empty."),
        ({"minutes": "0"}, "Write a number from 1 to 1440, or leave it empty."),
        ({"minutes": "1441"}, "Write a number from 1 to 1440, or leave it empty."),
        ({"minutes": "-5"}, "greater than or equal to 0"),
        ({"minutes": "soon"}, "Enter a whole number."),
        ({"feedback": "never"}, "Select a valid choice."),
        ({"opens_at_0": "soon"}, "Enter a valid date."),
        ({"quiz": ""}, "This field is required."),
    ],
)
def test_what_does_not_fit_is_explained_and_nothing_is_saved(
    staff, classroom, changes, message
):
    quiz = QuizFactory(closed=True)

    response = staff.post(ADD, filled_in(quiz, classroom, **changes))

    assertContains(response, message)
    assert not Assignment.objects.exists()


def test_neither_a_retired_quiz_nor_an_archived_class_is_taken(staff, classroom):
    retired = filled_in(QuizFactory(retired=True), classroom)
    archived = filled_in(QuizFactory(), ClassroomFactory(archived=True))

    assertContains(staff.post(ADD, retired), "This quiz was taken down")
    assertContains(staff.post(ADD, archived), "This class is archived.")
    assert not Assignment.objects.exists()


def test_moving_the_end_moves_that_of_open_attempts(staff, classroom):
    given = AssignmentFactory(classroom=classroom)
    attempt = AttemptFactory(assigned=True, assignment=given)
    change = reverse("admin:quizzes_assignment_change", args=[given.pk])
    data = filled_in(given.quiz, classroom, minutes="")

    staff.post(change, data | {"closes_at_0": "2199-11-09"})

    attempt.refresh_from_db()
    assert attempt.ends_at.isoformat() == "2199-11-09T16:00:00+00:00"


def test_what_was_begun_stays_with_its_class_and_quiz(staff, classroom):
    attempt = AttemptFactory(assigned=True, assignment=AssignmentFactory())
    given = attempt.assignment
    change = reverse("admin:quizzes_assignment_change", args=[given.pk])

    staff.post(change, filled_in(QuizFactory(), classroom))

    after = Assignment.objects.get()
    assert (after.quiz, after.classroom) == (given.quiz, given.classroom)
    assert after.minutes == 20
    assert Attempt.objects.get().assignment == given
