import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories import ClassroomFactory, EnrolmentFactory

pytestmark = pytest.mark.django_db

WAY = f'<a href="{reverse("classrooms:classes")}">Classes</a>'
WHO = reverse("accounts:who")


def test_the_head_of_a_page_leads_those_who_teach_to_their_classes(client, whole_cast):
    led = []
    for person in whole_cast:
        client.force_login(person)
        if WAY in client.get(WHO).content.decode():
            led.append(person.username)

    assert led == ["teacher", "co-teacher", "other-teacher", "former-teacher"]


def test_an_archived_class_is_none_to_be_led_to(client, co_teacher, classroom):
    client.force_login(co_teacher)
    page = reverse("accounts:account")
    assertContains(client.get(page), WAY, html=True)

    classroom.archived_at = ClassroomFactory(archived=True).archived_at
    classroom.save()

    assertNotContains(client.get(page), WAY, html=True)


def test_it_is_asked_for_along_with_the_person(
    client, teacher, django_assert_num_queries
):
    EnrolmentFactory.create_batch(3, person=teacher, teacher=True)
    client.force_login(teacher)
    client.get(WHO)

    # The session and the person.
    with django_assert_num_queries(2):
        client.get(WHO)


def test_who_was_switched_off_is_signed_out(client, teacher):
    client.force_login(teacher)
    teacher.is_active = False
    teacher.save()

    assertContains(client.get(WHO), "Sign in")
