import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from tendril.accounts.models import Look
from tests.factories import OverrideFactory
from tests.quizzes.taken import HOUR, given, take

pytestmark = pytest.mark.django_db


def panel(classroom, person):
    return reverse("quizzes:student_in_class", args=[classroom.pk, person.pk])


def work_url(assignment, person):
    return reverse("quizzes:student_work", args=[assignment.pk, person.pk])


def test_all_that_was_given_stands_there_and_leads_to_the_answers(
    htmx, classroom, teacher, student, classmate
):
    closed = given(
        classroom,
        opens_at=timezone.now() - 9 * HOUR,
        closes_at=timezone.now() - HOUR,
    )
    troubled = given(classroom)
    take(closed, student, right=6)
    take(troubled, student, wrong=4, right=2)
    take(troubled, classmate, right=5)
    htmx.force_login(teacher)

    url = panel(classroom, student)
    fragment, element = htmx.fragment_and_element(url, "student-in-class")
    page = htmx.get(url)

    assert fragment == element
    assertContains(page, work_url(closed, student))
    assertContains(page, work_url(troubled, student))
    assertContains(page, "6 of 6")
    assertContains(page, "2 of 6")
    assertContains(page, "needs help")
    assertNotContains(page, "5 of 6")


def test_a_score_that_is_not_shown_yet_is_told_apart_from_that(
    client, classroom, teacher, student
):
    take(given(classroom, by_teacher=True), student, right=1)
    client.force_login(teacher)

    page = client.get(panel(classroom, student))

    assertContains(page, "1 of 6 · marks not shown yet")


def test_what_was_never_given_to_the_student_is_left_out_and_every_link_opens(
    client, classroom, teacher, student
):
    given(classroom, some=True)
    given(classroom, opens_at=timezone.now() + HOUR)
    excused = given(classroom, some=True)
    OverrideFactory(assignment=excused, student=student, excused=True)
    client.force_login(teacher)

    page = client.get(panel(classroom, student))

    assert [cell.work.assignment for _, cell in page.context["lines"]] == [excused]
    assert client.get(work_url(excused, student)).status_code == 200


def test_looking_is_remembered_and_who_learns_elsewhere_is_not_there(
    client, classroom, teacher, student, other_student
):
    client.force_login(teacher)

    assertContains(client.get(panel(classroom, student)), "Nothing was given yet.")
    assert client.get(panel(classroom, other_student)).status_code == 404
    assert client.get(panel(classroom, teacher)).status_code == 404

    look = Look.objects.get()
    assert (look.viewer, look.student, look.what) == (teacher, student, "marks")


@pytest.mark.parametrize("many", [1, 12])
def test_the_panel_takes_the_same_queries_however_much_was_given(
    client, classroom, teacher, student, many, django_assert_max_num_queries
):
    for _ in range(many):
        take(given(classroom), student, wrong=4)
    client.force_login(teacher)
    cache.clear()

    with django_assert_max_num_queries(20):
        client.get(panel(classroom, student))
