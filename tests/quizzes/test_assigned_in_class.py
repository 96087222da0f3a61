import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories import AssignmentFactory, AttemptFactory, EnrolmentFactory

pytestmark = pytest.mark.django_db


def panel(classroom):
    return reverse("quizzes:assigned_in_class", args=[classroom.pk])


def test_the_page_of_a_class_shows_only_what_that_class_was_given(
    htmx, classroom, student
):
    AssignmentFactory(classroom=classroom, quiz__title="Strings")
    second = EnrolmentFactory(person=student).classroom
    AssignmentFactory(classroom=second, quiz__title="Tails")
    htmx.force_login(student)

    fragment, element = htmx.fragment_and_element(panel(classroom), "assigned")
    page = htmx.get(classroom.get_absolute_url())

    assertContains(page, f'hx-get="{panel(classroom)}"')
    assert fragment == element
    assertContains(htmx.get(panel(classroom)), "Strings")
    assertNotContains(htmx.get(panel(classroom)), "Tails")


def test_a_class_with_nothing_to_do_says_so(client, classroom, student):
    client.force_login(student)

    page = client.get(panel(classroom))

    assertContains(page, "Nothing is waiting for you from this class.")
    assertNotContains(page, "hidden>")


def test_an_archived_class_has_no_such_page(client, classroom, student):
    classroom.archived_at = classroom.enrolments.first().joined_at
    classroom.save(update_fields=["archived_at"])
    client.force_login(student)

    assert client.get(panel(classroom)).status_code == 404


@pytest.mark.parametrize("many", [1, 12])
def test_the_panel_takes_the_same_queries_however_much_was_given(
    client, classroom, student, many, django_assert_max_num_queries
):
    for given in AssignmentFactory.create_batch(many, classroom=classroom):
        AttemptFactory(student=student, assigned=True, assignment=given)
    client.force_login(student)

    with django_assert_max_num_queries(9):
        client.get(panel(classroom))
