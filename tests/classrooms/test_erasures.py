import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tendril.accounts import erasing
from tendril.classrooms import erasures
from tests.factories import EnrolmentFactory, GuardianshipFactory, UserFactory

pytestmark = pytest.mark.django_db

FAMILY, HOME = reverse("home:family"), reverse("home:home")
SCHOOL = reverse("classrooms:families")


@pytest.fixture
def sealed(student, classroom):
    """Asked to be erased; Room 12 looks after the account."""
    student.managed_by = classroom
    student.save(update_fields=["managed_by"])
    erasing.ask(person=student, by=student)
    return student


def test_who_may_call_it_off_is_told_and_nobody_else(sealed, whole_cast):
    told = [who.username for who in whole_cast if erasures.told_to(who)]

    assert told == ["teacher", "co-teacher", "guardian"]


def test_what_is_called_off_is_told_no_more(sealed, guardian):
    erasing.call_off(person=sealed)

    assert list(erasures.told_to(guardian)) == []


@pytest.mark.parametrize(
    "page", [FAMILY, HOME, reverse("accounts:guardians"), reverse("data:mine")]
)
def test_a_guardian_finds_it_on_each_page_about_family(client, sealed, guardian, page):
    client.force_login(guardian)

    shown = client.get(page)

    assertContains(shown, "Sam")
    assertContains(shown, "to be erased")
    assertNotContains(shown, "No child is linked")
    assertNotContains(shown, reverse("quizzes:family_work", args=[sealed.pk]))


def test_a_guardian_calls_it_off_from_the_family_page(client, sealed, guardian):
    client.force_login(guardian)
    way = reverse("data:call_off", args=[sealed.pk])
    assertContains(client.get(FAMILY), f'action="{way}"')

    client.post(way)

    page = client.get(FAMILY)
    assertNotContains(page, "to be erased")
    assertContains(page, reverse("quizzes:family_work", args=[sealed.pk]))


def test_the_class_that_looks_after_the_account_is_told(
    client, sealed, classroom, teacher
):
    client.force_login(teacher)

    for page in (classroom.get_absolute_url(), SCHOOL, HOME):
        assertContains(client.get(page), "Sam is to be erased")


def test_another_class_of_the_child_is_told_nothing(client, sealed, other_teacher):
    joined = other_teacher.enrolments.get().classroom
    EnrolmentFactory(classroom=joined, person=sealed)
    client.force_login(other_teacher)

    for page in (joined.get_absolute_url(), SCHOOL, HOME):
        assertNotContains(client.get(page), "Sam")


def test_a_class_page_tells_of_its_own_accounts_alone(client, sealed, teacher):
    second = EnrolmentFactory(person=teacher, teacher=True).classroom
    client.force_login(teacher)

    page = client.get(second.get_absolute_url())

    assertNotContains(page, "Sam")


@pytest.mark.parametrize("count", [1, 3])
def test_being_told_costs_the_same_however_many(
    client, django_assert_num_queries, guardian, count
):
    for bond in GuardianshipFactory.create_batch(count, guardian=guardian):
        erasing.ask(person=bond.student, by=bond.student)
    for _ in range(count):
        GuardianshipFactory(guardian=guardian, pending=True)
    client.force_login(guardian)

    with django_assert_num_queries(6):
        page = client.get(FAMILY)

    assert len(page.context["erasures"]) == count
    assert len(page.context["pending"]) == count


def test_what_an_adult_waits_for_is_said_at_home_and_on_the_family_page(client):
    pat = UserFactory(adult=True)
    bond = GuardianshipFactory(guardian=pat, student__display_name="Sam", pending=True)
    client.force_login(pat)

    for page in (HOME, FAMILY):
        shown = client.get(page)
        assertContains(shown, "Your link with <strong>Sam</strong> waits")
        assertNotContains(shown, "No child is linked to you yet")

    erasing.ask(person=bond.student, by=bond.student)
    assertNotContains(client.get(HOME), "Sam")
