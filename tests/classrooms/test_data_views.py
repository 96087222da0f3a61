from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tendril.accounts import copies, erasing, exporting, looks
from tendril.accounts.models import Erasure, Export, Look
from tests.factories import (
    PASSWORD,
    EnrolmentFactory,
    GuardianshipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

MINE = reverse("data:mine")


def page_of(person):
    return reverse("data:person", args=[person.pk])


@pytest.fixture
def managed(student, classroom):
    student.managed_by = classroom
    student.save()
    return student


def test_a_copy_is_asked_for_waited_for_and_fetched(htmx, student):
    htmx.force_login(student)

    asked = htmx.post(reverse("data:ask_copy", args=[student.pk]), follow=True)
    assertContains(asked, "The copy is being made")
    assertContains(asked, 'hx-trigger="load delay:2s"')

    copy = Export.objects.get()
    exporting.make(str(copy.pk))
    polled = htmx.swap("get", MINE, "copy")
    assertContains(polled, "Download the copy")
    assertNotContains(polled, "hx-trigger")
    assertNotContains(polled, "<html")

    fetched = htmx.get(reverse("data:copy", args=[copy.pk]))
    assert fetched.content.startswith(b"PK")
    assert fetched["Content-Type"] == "application/zip"
    name = f"everything-student-{timezone.localdate()}.zip"
    assert fetched["Content-Disposition"] == f'attachment; filename="{name}"'
    assert fetched["Cache-Control"] == "private, no-store"
    assert not Look.objects.exists()


def test_the_fragment_is_the_element_of_the_page(htmx, student):
    htmx.force_login(student)

    fragment, element = htmx.fragment_and_element(MINE, "copy")

    assert fragment == element


def made_copy(person, by):
    copy = copies.ask(person=person, by=by)
    exporting.make(str(copy.pk))
    return reverse("data:copy", args=[copy.pk])


def test_fetching_somebody_elses_copy_is_a_look(client, student, guardian):
    address = made_copy(student, guardian)
    client.force_login(guardian)

    client.get(address)

    [look] = Look.objects.all()
    assert (look.viewer, look.student) == (guardian, student)
    assert look.what == Look.What.EXPORT


def test_a_copy_is_fetched_by_nobody_but_who_asked_for_it(client, managed, guardian):
    address = made_copy(managed, guardian)

    # Not even by whom it is about, who may have one of their own.
    client.force_login(managed)
    assert client.get(address).status_code == 404
    client.force_login(guardian)
    assert client.get(address).status_code == 200


def test_a_copy_is_gone_with_the_bond(client, student, guardian):
    address = made_copy(student, guardian)
    guardian.wardships.all().delete()
    client.force_login(guardian)

    assert client.get(address).status_code == 404


def test_a_copy_is_gone_after_a_week(client, student):
    address = made_copy(student, student)
    Export.objects.update(expires_at=timezone.now())
    client.force_login(student)

    assert client.get(address).status_code == 404
    assertNotContains(client.get(MINE), "Download the copy")


def test_no_copy_of_who_is_sealed(client, student, guardian):
    address = made_copy(student, guardian)
    erasing.ask(person=student, by=guardian)
    client.force_login(guardian)

    assert client.get(address).status_code == 404
    ask = reverse("data:ask_copy", args=[student.pk])
    assert client.post(ask).status_code == 404


def test_a_teacher_decides_only_for_accounts_of_the_own_class(
    client, managed, teacher, classroom
):
    joined = EnrolmentFactory(person=managed)
    other = EnrolmentFactory(classroom=joined.classroom, teacher=True).person

    client.force_login(teacher)
    assert client.get(page_of(managed)).status_code == 200
    # The child merely joined that class.
    client.force_login(other)
    assert client.get(page_of(managed)).status_code == 404


@pytest.mark.parametrize("end", ["left", "archived", "stepped down", "not managed"])
def test_a_teacher_decides_no_longer_when_it_is_over(
    client, managed, teacher, classroom, end
):
    if end == "left":
        classroom.enrolments.filter(person=managed).delete()
    elif end == "archived":
        classroom.archived_at = timezone.now()
        classroom.save()
    elif end == "stepped down":
        classroom.enrolments.filter(person=teacher).delete()
    else:
        managed.managed_by = None
        managed.save()
    client.force_login(teacher)

    assert client.get(page_of(managed)).status_code == 404


def test_a_guardian_decides_only_once_verified(client, student):
    bond = GuardianshipFactory(student=student, pending=True)
    client.force_login(bond.guardian)

    assert client.get(page_of(student)).status_code == 404


def erase(client, person, password=PASSWORD):
    address = reverse("data:erase", args=[person.pk])
    return client.post(address, {"password": password})


def test_erasing_says_what_goes_and_what_stays(client, student, settings):
    client.force_login(student)
    address = reverse("data:erase", args=[student.pk])

    assertContains(client.get(address), "as numbers without a name")
    settings.KEEP_MARKS = False
    assertNotContains(client.get(address), "as numbers without a name")


def test_erasing_asks_for_the_password_of_who_asks(client, student, guardian):
    student.set_password("another password")
    student.save()
    client.force_login(guardian)

    refused = erase(client, student, "another password")
    assertContains(refused, "This is not your password", status_code=422)
    assert not Erasure.objects.exists()

    assertRedirects(erase(client, student), page_of(student))
    [asked] = Erasure.objects.all()
    assert (asked.person, asked.asked_by) == (student, guardian)


def test_guessing_the_password_is_slowed_down(client, student):
    client.force_login(student)

    answers = [erase(client, student, f"guess {n}").status_code for n in range(6)]

    assert answers == [422] * 5 + [429]


def test_the_only_teacher_of_a_class_hands_it_on_first(client, student, teacher):
    client.force_login(teacher)

    refused = erase(client, teacher)

    assertContains(refused, "Nobody else teaches Room 12", status_code=422)
    assert not Erasure.objects.exists()


def test_one_of_two_teachers_may_go(client, student, teacher, co_teacher):
    client.force_login(teacher)

    assertRedirects(erase(client, teacher), MINE)


@pytest.mark.parametrize("who", ["student", "guardian", "teacher"])
def test_each_who_decides_may_call_it_off(
    client, managed, guardian, teacher, who, request
):
    erasing.ask(person=managed, by=guardian)
    person = request.getfixturevalue(who)
    person.refresh_from_db()
    client.force_login(person)

    client.post(reverse("data:call_off", args=[managed.pk]))

    managed.refresh_from_db()
    assert managed.sealed_at is None


def test_a_sealed_childs_page_shows_the_day_and_nothing_else(client, student, guardian):
    asked = erasing.ask(person=student, by=guardian)
    client.force_login(guardian)

    page = client.get(page_of(student))

    assertContains(page, "The account of Sam is going to be erased")
    assertContains(page, f"{asked.due_at:%Y}")
    assertNotContains(page, "A copy of everything")
    assertRedirects(
        client.get(reverse("data:erase", args=[student.pk])), page_of(student)
    )


def test_calling_off_what_nobody_asked_for_changes_nothing(client, student):
    client.force_login(student)

    page = client.post(reverse("data:call_off", args=[student.pk]), follow=True)

    assertNotContains(page, "Called off")


@pytest.mark.parametrize("count", [1, 5])
def test_children_are_listed_in_as_many_queries(
    client, guardian, count, django_assert_num_queries
):
    for _ in range(count - 1):
        GuardianshipFactory(guardian=guardian)
    client.force_login(guardian)

    with django_assert_num_queries(5):
        page = client.get(MINE)

    assert len(page.context["others"]) == count


@pytest.mark.parametrize("count", [1, 5])
def test_looks_are_listed_in_as_many_queries(
    client, student, count, django_assert_num_queries
):
    for viewer in UserFactory.create_batch(count, adult=True):
        looks.record(viewer, [student], Look.What.MARKS)
    client.force_login(student)

    with django_assert_num_queries(5):
        page = client.get(reverse("data:my_looks"))

    assert len(page.context["page"]) == count


def test_looks_come_newest_first_page_by_page(client, student, teacher):
    today = timezone.now()
    Look.objects.bulk_create(
        Look(
            viewer=teacher,
            student=student,
            what=Look.What.MARKS,
            day=today.date() - timedelta(days=n),
            looked_at=today - timedelta(days=n),
        )
        for n in range(41)
    )
    client.force_login(student)

    first, second = (
        client.get(reverse("data:my_looks"), {"page": n}).context["page"]
        for n in (1, 2)
    )

    assert first[0].day == today.date()
    assert [look.day for look in second] == [today.date() - timedelta(days=40)]


def test_who_is_gone_is_named_no_more_among_the_looks(client, student, teacher):
    looks.record(teacher, [student], Look.What.MARKS)
    teacher.erased_at = timezone.now()
    teacher.save()
    client.force_login(student)

    page = client.get(reverse("data:my_looks"))

    assertContains(page, "somebody who is gone")
    assertNotContains(page, "Ms Field")
