import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories import AttemptFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("results", "my-results"),
        ("class_panel", "class-panel"),
        ("family_panel", "family-panel"),
    ],
)
def test_a_panel_is_a_page_and_a_fragment_of_it(htmx, student, name, target):
    htmx.force_login(student)
    url = reverse(f"quizzes:{name}")

    assertContains(htmx.get(url), "<html")
    fragment = htmx.swap("get", url, target)

    assertContains(fragment, f'id="{target}"')
    assertNotContains(fragment, "<html")


def test_a_student_finds_the_own_results_and_no_others(htmx, student, classmate):
    mine = AttemptFactory(student=student, handed_in=True)
    theirs = AttemptFactory(student=classmate, handed_in=True)
    htmx.force_login(student)

    response = htmx.get(reverse("quizzes:results"))

    assertContains(response, mine.quiz.title)
    assertNotContains(response, theirs.quiz.title)


def test_a_teacher_finds_the_students_of_the_own_class(
    htmx, teacher, student, other_student
):
    htmx.force_login(teacher)

    response = htmx.get(reverse("quizzes:class_panel"))

    assertContains(response, student.display_name)
    assertNotContains(response, other_student.display_name)


def test_a_guardian_finds_the_own_child(htmx, guardian, student, classmate):
    htmx.force_login(guardian)

    response = htmx.get(reverse("quizzes:family_panel"))

    assertContains(response, student.display_name)
    assertNotContains(response, classmate.display_name)
