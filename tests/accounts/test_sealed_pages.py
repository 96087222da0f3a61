import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from tendril.accounts import erasing
from tests.factories import PASSWORD
from tests.urlconf import routes

pytestmark = pytest.mark.django_db

MINE = reverse("data:mine")


@pytest.fixture
def sealed(student, guardian):
    erasing.ask(person=student, by=guardian)
    student.refresh_from_db()
    return student


def test_signing_in_leads_to_the_one_page(client, sealed):
    form = {"login": "student", "password": PASSWORD}

    page = client.post(reverse("account_login"), form, follow=True)

    assert page.redirect_chain[-1][0] == MINE
    assertContains(page, "Your account is going to be erased")
    assertContains(page, "Keep my account")


def test_who_is_signed_in_already_sees_nothing_else_from_then_on(client, student):
    client.force_login(student)
    erasing.ask(person=student, by=student)

    assertRedirects(client.get(reverse("home:me")), MINE)


@pytest.mark.parametrize(
    "route",
    [r for r in routes() if not r.is_admin and "<" not in r.pattern],
    ids=lambda route: route.name,
)
def test_no_page_with_anything_of_theirs_is_open(client, sealed, route):
    client.force_login(sealed)

    answer = client.get(reverse(route.name))

    if route.name in STILL_OPEN:
        assert answer.status_code != 302
    else:
        assertRedirects(answer, MINE)


# What is the same for everyone, probes, and the way out.
STILL_OPEN = {
    "account_logout",
    "accounts:who",
    "data:mine",
    "healthz",
    "lessons:catalogue",
    "readyz",
}


def test_htmx_is_led_there_on_the_whole_page(htmx, sealed):
    htmx.force_login(sealed)

    answer = htmx.swap("get", reverse("quizzes:assigned"), "assigned")

    assert answer["HX-Redirect"] == MINE


def test_a_script_is_told_no_and_keeps_what_it_has(client, sealed):
    client.force_login(sealed)

    answer = client.post(reverse("home:sync"), {}, content_type="application/json")

    assert answer.status_code == 403


def test_signing_out_is_possible(client, sealed):
    client.force_login(sealed)

    client.post(reverse("account_logout"))

    assert "_auth_user_id" not in client.session


def test_called_off_all_is_open_again(client, sealed):
    client.force_login(sealed)

    page = client.post(reverse("data:call_off", args=[sealed.pk]), follow=True)

    assertContains(page, "Called off. Everything is as it was.")
    assert client.get(reverse("home:me")).status_code == 200


def test_anybody_else_is_not_held_up(client, sealed, classmate):
    client.force_login(classmate)

    assert client.get(reverse("home:me")).status_code == 200
