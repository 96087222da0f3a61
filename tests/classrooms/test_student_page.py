import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories import EnrolmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_teacher(client, teacher):
    client.force_login(teacher)
    return client


@pytest.fixture
def managed(student, classroom):
    student.managed_by = classroom
    student.save(update_fields=["managed_by"])
    return student


def page_of(classroom, student):
    return reverse("classrooms:student", args=[classroom.pk, student.pk])


def ways_on(classroom, student):
    return [
        reverse("classrooms:managed_account", args=[classroom.pk, student.pk]),
        reverse("classrooms:passphrases", args=[classroom.pk]),
        reverse("classrooms:family", args=[student.pk]),
        reverse("data:person", args=[student.pk]),
    ]


def test_the_page_leads_to_what_a_teacher_does_for_a_managed_account(
    as_teacher, classroom, managed
):
    page = as_teacher.get(page_of(classroom, managed))

    for way in ways_on(classroom, managed):
        assertContains(page, f'href="{way}"')
        assert as_teacher.get(way).status_code == 200


def test_no_way_is_offered_that_would_be_refused(as_teacher, classroom, student):
    page = as_teacher.get(page_of(classroom, student))

    for way in ways_on(classroom, student):
        assertNotContains(page, f'href="{way}"')


def test_a_class_that_a_managed_child_merely_joined_offers_none(
    client, managed, other_teacher
):
    other = other_teacher.enrolments.get().classroom
    EnrolmentFactory(classroom=other, person=managed)
    client.force_login(other_teacher)

    page = client.get(page_of(other, managed))

    for way in ways_on(other, managed):
        assertNotContains(page, f'href="{way}"')


def test_the_page_has_room_for_what_the_student_has_done(
    as_teacher, classroom, student
):
    panel = reverse("quizzes:student_in_class", args=[classroom.pk, student.pk])

    page = as_teacher.get(page_of(classroom, student))

    assertContains(page, f'hx-get="{panel}"')
    assertContains(page, f'href="{panel}"')
