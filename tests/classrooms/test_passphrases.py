import re
import time
from datetime import date
from unittest import mock

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.factories import PASSWORD, EnrolmentFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client, teacher):
    client.force_login(teacher)
    return client


@pytest.fixture
def child(classroom, teacher):
    child = UserFactory(username="cara7", display_name="Cara", managed_by=classroom)
    EnrolmentFactory(classroom=classroom, person=child)
    return child


@pytest.fixture
def passphrases(classroom):
    return reverse("classrooms:passphrases", args=[classroom.pk])


@pytest.fixture
def slips(classroom):
    return reverse("classrooms:sign_in_slips", args=[classroom.pk])


def seats_of_accounts(classroom, count):
    return EnrolmentFactory.create_batch(
        count, classroom=classroom, person__managed_by=classroom
    )


def account(classroom, person):
    return reverse("classrooms:managed_account", args=[classroom.pk, person.pk])


def test_accounts_that_the_class_made_are_listed_and_no_others(
    client, passphrases, child, student
):
    page = client.get(passphrases)

    assertContains(page, "cara7")
    assertNotContains(page, "Sam")


def test_a_class_without_such_accounts_says_how_to_make_some(client, passphrases):
    assertContains(client.get(passphrases), "looks after no accounts yet")


def passphrase_on(page):
    [found] = re.findall(r"<dd>(\w+ \w+ \w+ \w+)</dd>", page.content.decode())
    return found


def test_a_slip_is_shown_with_the_address_to_sign_in_at(
    client, passphrases, slips, child
):
    page = client.post(passphrases, {"students": child.pk}, follow=True)

    assertRedirects(page, slips)
    assertContains(page, "Cara")
    assertContains(page, "QR code of http://testserver/account/login/")
    assert page["Cache-Control"] == "private, no-store"
    child.refresh_from_db()
    assert child.check_password(passphrase_on(page))


def test_loading_the_slips_again_shows_the_same_and_changes_nothing(
    client, passphrases, slips, child
):
    page = client.post(passphrases, {"students": child.pk}, follow=True)

    again = client.get(slips)

    assert passphrase_on(again) == passphrase_on(page)
    child.refresh_from_db()
    assert child.check_password(passphrase_on(page))


def test_done_puts_the_slips_away_and_leads_to_who_has_one(
    client, passphrases, slips, child
):
    client.post(passphrases, {"students": child.pk})

    done = client.post(slips, follow=True)

    assertRedirects(done, passphrases)
    child.refresh_from_db()
    assertContains(done, f"slip of {child.passphrase_given_at:%-d %B %Y}")
    assertContains(client.get(slips, follow=True), "Those slips are put away")


def test_slips_are_not_shown_for_longer_than_printing_takes(
    client, passphrases, slips, child
):
    client.post(passphrases, {"students": child.pk})
    held = client.cookies["sign-in-slips"]
    assert (held["max-age"], held["httponly"], held["path"]) == (900, True, slips)
    assert client.get(slips).status_code == 200

    later = time.time() + 901
    with mock.patch("django.core.signing.time.time", return_value=later):
        assertRedirects(client.get(slips), passphrases)


def test_nobody_is_shown_the_slips_that_another_teacher_made(
    client, passphrases, slips, child, co_teacher
):
    client.post(passphrases, {"students": child.pk})
    held = client.cookies["sign-in-slips"].value

    client.force_login(co_teacher)
    client.cookies["sign-in-slips"] = held

    assertRedirects(client.get(slips), passphrases)


def test_nothing_that_the_site_keeps_or_the_browser_holds_is_a_passphrase(
    client, passphrases, child
):
    page = client.post(passphrases, {"students": child.pk}, follow=True)

    told = passphrase_on(page)
    sessions = [session.get_decoded() for session in Session.objects.all()]
    assert not any(word in str(sessions) for word in (told, told.split()[0]))
    assert told not in client.cookies["sign-in-slips"].value


def test_all_are_ticked_without_a_script(client, passphrases, classroom, child):
    seats_of_accounts(classroom, 3)

    assertNotContains(client.get(passphrases), " checked")
    assertContains(client.get(f"{passphrases}?tick=all"), " checked", count=4)


def test_nobody_is_given_one_whom_the_page_does_not_list(
    client, passphrases, child, student
):
    page = client.post(passphrases, {"students": [child.pk, student.pk]})

    assertContains(page, "Somebody you chose is not on this page", status_code=422)
    for person in (child, student):
        person.refresh_from_db()
        assert person.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("students", "message"),
    [
        ([], "Choose at least one student."),
        (["x"], "Somebody you chose is not on this page"),
        (["99999999999999999999999"], "Somebody you chose is not on this page"),
    ],
)
def test_nothing_chosen_or_nonsense_says_what_to_do(
    client, passphrases, child, students, message
):
    page = client.post(passphrases, {"students": students})

    assertContains(page, message, status_code=422)


def test_more_than_forty_at_a_time_are_refused_and_stay_picked(
    client, passphrases, classroom
):
    pks = [seat.person_id for seat in seats_of_accounts(classroom, 41)]

    page = client.post(passphrases, {"students": pks})

    assertContains(page, "Choose up to 40 students at a time.", status_code=422)
    assertContains(page, " checked", count=41, status_code=422)


def test_passphrases_are_limited_by_the_minute(client, passphrases, child):
    pages = [client.post(passphrases, {"students": child.pk}) for _try in range(11)]

    assert [page.status_code for page in pages] == [302] * 10 + [429]


def test_a_teacher_sets_the_name_and_the_month_of_birth(client, classroom, child):
    page = client.post(
        account(classroom, child),
        {"display_name": "Carla", "born_on_month": "3", "born_on_year": "2015"},
    )

    child.refresh_from_db()
    assertRedirects(page, reverse("classrooms:passphrases", args=[classroom.pk]))
    assert (child.display_name, child.born_on) == ("Carla", date(2015, 3, 1))


def test_a_name_that_is_refused_changes_nothing(client, classroom, child):
    page = client.post(account(classroom, child), {"display_name": "www.x.example"})

    assertContains(page, "no addresses", status_code=422)
    child.refresh_from_db()
    assert child.display_name == "Cara"


def test_an_account_of_the_childs_own_may_be_known_but_not_changed(
    client, classroom, student, other_student
):
    statuses = [
        client.post(account(classroom, person), {"display_name": "X"}).status_code
        for person in (student, other_student)
    ]

    assert statuses == [403, 404]


def test_a_child_is_told_who_sees_the_month_of_birth(client, child, student):
    client.force_login(child)
    assertContains(client.get("/account/"), "Besides you only the teachers")

    client.force_login(student)
    assertContains(client.get("/account/"), "Nobody else is shown this")


@pytest.mark.parametrize("accounts", [1, 30])
def test_more_accounts_cost_no_more_queries(
    client, passphrases, classroom, django_assert_num_queries, accounts
):
    seats_of_accounts(classroom, accounts)
    client.get(passphrases)

    with django_assert_num_queries(4):
        client.get(passphrases)
