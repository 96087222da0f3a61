import pytest
from django.contrib import admin
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from lessons.models import MistakeReport
from tendril.accounts.models import Guardianship, TeacherGrant, User
from tests.factories import (
    AttemptFactory,
    GuardianshipFactory,
    MistakeReportFactory,
    ProgressEventFactory,
    ResponseFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

INDEX = reverse("admin:index")


@pytest.fixture
def office(client):
    person = UserFactory(admin=True)
    client.force_login(person)
    return person


def test_a_stranger_signs_in_on_the_page_for_everyone(client):
    response = client.get(INDEX, follow=True)

    assertRedirects(response, f"/account/login/?next={INDEX}")


def test_who_is_not_staff_is_turned_away(client, teacher):
    client.force_login(teacher)

    assert client.get(INDEX, follow=True).status_code == 403


def test_the_office_is_let_in_by_the_sign_in_form(client):
    UserFactory(username="office", admin=True)

    response = client.post(
        reverse("account_login"),
        {"login": "office", "password": "a-password-for-tests", "next": INDEX},
    )

    assertRedirects(response, INDEX)


@pytest.mark.parametrize(
    "model", admin.site._registry, ids=lambda model: model.__name__
)
def test_every_list_opens(client, office, model):
    ResponseFactory()
    ProgressEventFactory()
    address = reverse(
        f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"
    )

    assertContains(client.get(f"{address}?q=x"), 'id="changelist"')


def test_the_office_makes_a_teacher_and_its_word_is_kept(client, office):
    person = UserFactory(adult=True)

    client.post(reverse("admin:accounts_teachergrant_add"), {"person": person.pk})

    assert TeacherGrant.objects.get().granted_by == office
    assert person.may_teach


def test_the_office_verifies_a_guardian(client, office):
    bond = GuardianshipFactory(pending=True)

    client.post(
        reverse("admin:accounts_guardianship_changelist"),
        {"action": "mark_as_verified", "_selected_action": [bond.pk]},
    )

    assert Guardianship.objects.verified().get().verified_by == office


def test_the_office_adds_a_person_in_small_letters_and_corrects_a_birth(client, office):
    client.post(
        reverse("admin:accounts_user_add"),
        {
            "username": "Ana",
            "usable_password": "true",
            "password1": "kites and wind",
            "password2": "kites and wind",
        },
    )
    ana = User.objects.get(username="ana")
    client.post(
        reverse("admin:accounts_user_change", args=[ana.pk]),
        {
            "username": "Ana",
            "display_name": "Ana",
            "born_on_month": "6",
            "born_on_year": "2015",
            "is_active": "on",
        },
    )

    ana.refresh_from_db()
    assert [ana.username, str(ana.born_on)] == ["ana", "2015-06-01"]


def test_the_office_is_told_that_a_name_is_taken(client, office):
    UserFactory(username="ana")

    page = client.post(
        reverse("admin:accounts_user_add"),
        {
            "username": "ana",
            "usable_password": "true",
            "password1": "kites and wind",
            "password2": "kites and wind",
        },
    )

    assertContains(page, "already exists")


def test_who_takes_a_teachers_name_is_told_apart_by_the_username(client, office):
    UserFactory(username="prankster", display_name="Ms Field")

    found = client.get(
        reverse("admin:autocomplete"),
        {
            "term": "Field",
            "app_label": "accounts",
            "model_name": "teachergrant",
            "field_name": "person",
        },
    )

    assert [r["text"] for r in found.json()["results"]] == ["Ms Field (prankster)"]


def test_mistakes_are_settled_not_rewritten(client, office):
    report = MistakeReportFactory()

    client.post(
        reverse("admin:lessons_mistakereport_change", args=[report.pk]),
        {"text": "Something else"},
    )
    client.post(
        reverse("admin:lessons_mistakereport_changelist"),
        {"action": "mark_as_settled", "_selected_action": [report.pk]},
    )

    settled = MistakeReport.objects.get()
    assert settled.settled_at is not None
    assert settled.text == report.text


@pytest.mark.parametrize(
    "factory", [ProgressEventFactory, ResponseFactory, AttemptFactory]
)
def test_what_students_did_is_for_reading_only(client, office, factory):
    row = factory()
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}"

    assert client.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200
    for address in (
        reverse(f"{name}_add"),
        reverse(f"{name}_change", args=[row.pk]),
        reverse(f"{name}_delete", args=[row.pk]),
    ):
        assert client.post(address, {}).status_code == 403
    assert type(row).objects.filter(pk=row.pk).exists()
