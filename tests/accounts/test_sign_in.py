import re
import time

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

SIGN_IN = reverse("account_login")
SIGN_OUT = reverse("account_logout")
CHANGE = reverse("account_change_password")
HOME = reverse("home:home")
NEW = "three new words"


def sign_in(client, name, password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": name, "password": password, **more})


def is_signed_in(client):
    return client.get(reverse("accounts:account")).status_code == 200


@pytest.mark.parametrize("name", ["ana", "Ana", " ANA "])
def test_capitals_in_the_name_do_not_matter(client, name):
    UserFactory(username="ana")

    assertRedirects(sign_in(client, name), HOME)


def test_signing_in_takes_a_new_session(client):
    UserFactory(username="ana")
    client.get(SIGN_IN)
    session = client.session
    session["before"] = True
    session.save()
    client.cookies["sessionid"] = session.session_key

    sign_in(client, "ana")

    assert client.session.session_key != session.session_key
    assert not client.session.exists(session.session_key)


@pytest.mark.parametrize(
    ("answers", "ends_with_browser"), [({}, True), ({"remember": "on"}, False)]
)
def test_only_who_asks_stays_signed_in_past_the_browser(
    client, answers, ends_with_browser
):
    UserFactory(username="ana")

    sign_in(client, "ana", **answers)

    assert client.session.get_expire_at_browser_close() == ends_with_browser


@pytest.mark.parametrize("name", ["ana", "nobody"])
def test_a_wrong_password_and_an_unknown_name_read_the_same(client, name):
    UserFactory(username="ana")

    page = sign_in(client, name, "wrong words")

    assert page.context["form"].errors.as_data().keys() == {"__all__"}
    wrong = "This name and this password do not go together"
    assertContains(page, wrong, count=1, status_code=422)


def test_an_account_that_is_switched_off_says_so_to_its_owner_alone(client):
    UserFactory(username="ana", is_active=False)

    owner, other = sign_in(client, "ana"), sign_in(client, "ana", "wrong")

    assertContains(owner, "This account is switched off", status_code=422)
    assertContains(other, "do not go together", status_code=422)
    assert not is_signed_in(client)


def test_the_way_onward_is_kept(client):
    UserFactory(username="ana")
    page = client.get(f"{SIGN_IN}?next=/me/")

    assertContains(page, '<input type="hidden" name="next" value="/me/">', html=True)
    assertContains(page, f"{reverse('account_signup')}?next=%2Fme%2F")
    assertRedirects(sign_in(client, "ana", next="/me/"), "/me/")


@pytest.mark.parametrize(
    "away",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "http://testserver@evil.example/",
    ],
)
def test_the_way_onward_never_leaves_the_site(client, away):
    UserFactory(username="ana")

    assertRedirects(sign_in(client, "ana", next=away), HOME)
    assertRedirects(client.post(SIGN_OUT, {"next": away}), HOME)


def test_who_is_signed_in_is_led_home(client, student):
    client.force_login(student)

    assertRedirects(client.get(SIGN_IN), HOME)


def test_the_page_leads_on_who_has_no_password(client):
    page = client.get(SIGN_IN)

    assertContains(page, f'href="{reverse("accounts:recover")}"')
    assertContains(page, f'href="{reverse("account_signup")}"')
    assertNotContains(page, "mail")
    assert "no-store" in page["Cache-Control"]


def test_many_tries_with_one_name_slow_that_name_only_and_only_for_a_minute(
    client, monkeypatch
):
    UserFactory(username="ana")
    UserFactory(username="ben")
    for _time in range(20):
        sign_in(client, "ana", "wrong")

    assert_held_up(sign_in(client, "ana"))
    assert not is_signed_in(client)
    assertRedirects(sign_in(Client(), "ben"), HOME)

    in_a_minute = time.time() + 61
    monkeypatch.setattr(time, "time", lambda: in_a_minute)
    assertRedirects(sign_in(client, "ana"), HOME)


def assert_held_up(page):
    assertContains(page, "Wait a minute, then try again", status_code=422)


def test_the_limit_of_a_name_does_not_ask_where_it_was_sent(client):
    UserFactory(username="ana")
    for port in range(20):
        data = {"login": "ana", "password": "wrong"}
        client.post(SIGN_IN, data, headers={"host": f"testserver:{port}"})

    assert_held_up(sign_in(client, "ana"))


def test_nobody_is_shut_out_where_they_have_signed_in_before(client):
    """Ana and Ben share a tablet; somebody elsewhere plays with Ana's name."""
    for name in ("ana", "ben"):
        UserFactory(username=name)
        sign_in(client, name)
        client.post(SIGN_OUT)
    for _time in range(21):
        page = sign_in(Client(), "ana", "wrong")
    assert_held_up(page)

    assertRedirects(sign_in(client, "ana"), HOME)


def test_a_browser_that_knows_a_person_has_a_limit_of_its_own(client):
    UserFactory(username="ana")
    sign_in(client, "ana")
    client.post(SIGN_OUT)
    for _time in range(20):
        sign_in(client, "ana", "wrong")

    assert_held_up(sign_in(client, "ana"))
    assertRedirects(sign_in(Client(), "ana"), HOME)


@pytest.mark.parametrize("cookie", ["", ".", "a.b", "\xe4.\xe4", "x" * 5000])
def test_a_browser_knows_nobody_by_a_cookie_that_was_made_up(client, cookie):
    UserFactory(username="ana")
    for _time in range(20):
        sign_in(Client(), "ana", "wrong")
    client.cookies["known"] = cookie

    assert_held_up(sign_in(client, "ana"))


def test_what_one_browser_knows_is_not_believed_for_another_name(client):
    for name in ("ana", "ben"):
        UserFactory(username=name)
    sign_in(client, "ben")
    client.post(SIGN_OUT)
    for _time in range(20):
        sign_in(Client(), "ana", "wrong")

    assert_held_up(sign_in(client, "ana"))


def test_a_browser_shows_nobody_whom_it_knows(client):
    UserFactory(username="ana")

    known = sign_in(client, "ana").cookies["known"]

    assert re.fullmatch(r"[0-9a-f]{16}\.[0-9a-f]{16}", known.value)
    assert known["httponly"]
    assert known["samesite"] == "Lax"


def test_a_whole_school_signs_in_from_one_address(client):
    names = [person.username for person in UserFactory.create_batch(35)]

    statuses = {sign_in(Client(), name).status_code for name in names}

    assert statuses == {302}


def test_past_the_limit_an_address_is_asked_to_wait(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "sign_in": "1/m/ip"}
    sign_in(client, "ana")

    page = sign_in(client, "ana")

    assertContains(page, "Wait a minute", status_code=429)
    assert page["Retry-After"] == "60"
    assert "no-store" in page["Cache-Control"]


def test_forms_that_are_not_filled_in_keep_no_address_waiting(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "sign_in": "1/m/ip"}
    UserFactory(username="ana")
    empty = [{}, {"login": "ana"}, {"password": "x"}, {"login": "a" * 999}]
    for data in empty * 10:
        assert client.post(SIGN_IN, data).status_code == 422

    assertRedirects(sign_in(client, "ana"), HOME)


def test_the_limit_of_an_address_has_room_for_a_school_of_2000(settings):
    limits = settings.ACCOUNT_RATE_LIMITS

    assert (limits["login"], limits["signup"]) == ("", "")
    assert limits["sign_in"] == limits["sign_up"] == "2000/m/ip"


def test_signing_out_takes_a_post(client, student):
    client.force_login(student)

    page = client.get(SIGN_OUT)
    assertContains(page, "Sign out?")
    assertContains(page, 'id="device-leave"')
    assert "no-store" in page["Cache-Control"]
    assert is_signed_in(client)

    assertContains(client.post(SIGN_OUT, follow=True), "You are signed out.")
    assert not is_signed_in(client)


def test_signing_out_twice_leads_home(client):
    assertRedirects(client.get(SIGN_OUT), HOME)
    assertRedirects(client.post(SIGN_OUT), HOME)


def test_signing_out_from_another_site_is_refused(student):
    client = Client(enforce_csrf_checks=True)
    client.force_login(student)

    assert client.post(SIGN_OUT).status_code == 403
    assert is_signed_in(client)


def test_a_changed_password_keeps_this_session_and_ends_the_others(client):
    person = UserFactory()
    elsewhere = Client()
    for each in (client, elsewhere):
        each.force_login(person)

    page = client.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW}, follow=True)

    assertContains(page, "Your password is changed")
    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)
    assertRedirects(sign_in(elsewhere, person.username, NEW), HOME)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("wrong", NEW, "This is not your password now"),
        (PASSWORD, "kite", "Use at least 8 letters, digits or signs"),
        (PASSWORD, "person wind", "too much like your name"),
        ("", "", "This field is required"),
    ],
)
def test_a_password_is_not_changed_by_mistake(client, old, new, message):
    person = UserFactory(display_name="Person Wind")
    client.force_login(person)

    page = client.post(CHANGE, {"oldpassword": old, "password1": new})

    assertContains(page, message)
    assertNotContains(page, "mail")
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_a_password_is_not_guessed_through_the_page_that_changes_it(client, student):
    client.force_login(student)
    for _time in range(5):
        client.post(CHANGE, {"oldpassword": "wrong", "password1": NEW})

    page = client.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW})

    assertContains(page, "Wait a minute", status_code=429)
