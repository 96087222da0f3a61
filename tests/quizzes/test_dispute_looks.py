import pytest
from django.urls import reverse

from tendril.accounts.models import Look
from tests.factories import AssignmentFactory, QuestionFactory
from tests.quizzes.answered import answered, contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def contested(classroom, student, classmate):
    """The same answer of two students; the one that the list shows comes first."""
    question = QuestionFactory(short=True, quiz__closed=True)
    given = AssignmentFactory(classroom=classroom, quiz=question.quiz)
    rows = answered(
        question,
        ["no"],
        ["no"],
        students=[student, classmate],
        assigned=True,
        assignment=given,
    )
    return [contest(row) for row in rows]


def looks():
    return set(
        Look.objects.values_list("viewer__username", "student__username", "what")
    )


def test_reading_what_students_say_is_kept_as_a_look_at_their_answers(
    client, teacher, contested
):
    client.force_login(teacher)

    client.get(contested[0].get_absolute_url())

    assert looks() == {
        ("teacher", "student", "answers"),
        ("teacher", "classmate", "answers"),
    }


def test_the_list_is_a_look_at_the_answers_that_stand_in_it(client, teacher, contested):
    client.force_login(teacher)

    client.get(reverse("quizzes:disputes"))

    assert looks() == {("teacher", "student", "answers")}


def test_whoever_may_not_settle_it_leaves_no_look(client, other_teacher, contested):
    client.force_login(other_teacher)

    for path in (reverse("quizzes:disputes"), contested[0].get_absolute_url()):
        client.get(path)

    assert looks() == set()
