import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories import EnrolmentFactory, GuardianshipFactory, UserFactory

pytestmark = pytest.mark.django_db

SEEN_BY = reverse("classrooms:seen_by")


def test_a_student_reads_who_sees_the_work(client, student, guardian, other_teacher):
    client.force_login(student)

    page = client.get(SEEN_BY)

    assertContains(page, "Ms Field, a teacher of Room 12")
    assertContains(page, "Alex, your parent or guardian")
    assertNotContains(page, "Mr Hill")
    assert page["Cache-Control"] == "private, no-store"


def test_a_guardian_who_is_not_verified_is_not_named(client):
    bond = GuardianshipFactory(pending=True)
    client.force_login(bond.student)

    page = client.get(SEEN_BY)

    assertContains(page, "Nobody but you")
    assertNotContains(page, bond.guardian.display_name)


def test_htmx_gets_the_panel_alone(htmx, student):
    htmx.force_login(student)

    panel = htmx.swap("get", SEEN_BY, "seen-by")
    fragment, element = htmx.fragment_and_element(SEEN_BY, "seen-by")

    assert fragment == element
    assertContains(panel, "Ms Field, a teacher of Room 12")
    assertNotContains(panel, "<html")


@pytest.mark.parametrize("classes", [1, 3])
def test_more_teachers_cost_no_more_queries(client, django_assert_num_queries, classes):
    student = UserFactory()
    for seat in EnrolmentFactory.create_batch(classes, person=student):
        EnrolmentFactory(classroom=seat.classroom, teacher=True)
    client.force_login(student)
    client.get(SEEN_BY)

    with django_assert_num_queries(4):
        client.get(SEEN_BY)
