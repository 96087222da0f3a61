import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tendril.accounts.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

SIGN_UP = reverse("account_signup")
WORDS = reverse("accounts:recovery_words")


def answers(**changed):
    return {
        "username": "ana",
        "display_name": "Ana",
        "born_on_month": "4",
        "born_on_year": "2014",
        "password1": "kites and wind",
    } | changed


def test_a_new_person_is_signed_in_and_led_to_recovery_words(client):
    response = client.post(SIGN_UP, answers(username="Ana"))

    ana = User.objects.get()
    assertRedirects(response, WORDS)
    assert client.session["_auth_user_id"] == str(ana.pk)
    assert [ana.username, ana.display_name, ana.born_on, ana.email] == [
        "ana",
        "Ana",
        date(2014, 4, 1),
        "",
    ]
    assert ana.check_password("kites and wind")


def test_the_session_of_a_new_person_ends_with_the_browser(client):
    client.post(SIGN_UP, answers())

    assert client.session.get_expire_at_browser_close()


def test_name_and_month_of_birth_may_be_left_empty(client):
    client.post(SIGN_UP, answers(display_name=" ", born_on_month="", born_on_year=""))

    ana = User.objects.get()
    assert [str(ana), ana.born_on] == ["ana", None]


def test_the_way_onward_goes_through_the_words(client):
    response = client.post(SIGN_UP, answers(next="/learn/?q=kites"))
    page = client.get(response["Location"])

    assert response["Location"] == f"{WORDS}?next=%2Flearn%2F%3Fq%3Dkites"
    assertContains(page, 'href="/learn/?q=kites"')


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example", "javascript:1"]
)
def test_the_way_onward_never_leaves_the_site(client, away):
    response = client.post(SIGN_UP, answers(next=away))
    page = client.get(f"{WORDS}?next={away}")

    assertRedirects(response, WORDS)
    assertNotContains(page, away)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"username": ""}, "This field is required"),
        ({"username": "a b"}, "Use 3 to 30 plain letters and digits"),
        ({"username": "x" * 200}, "characters"),
        ({"username": "a\0na"}, "Null characters are not allowed"),
        ({"username": "teacher"}, "This name is kept for the site"),
        ({"username": "TAKEN"}, "Somebody has this name already"),
        ({"display_name": "sam@home"}, "Use a first name or a nickname"),
        ({"display_name": "x" * 31}, "at most 30 characters"),
        ({"born_on_month": ""}, "Choose both the month and the year"),
        ({"born_on_year": ""}, "Choose both the month and the year"),
        ({"born_on_month": "13"}, "Choose a month and a year from the lists"),
        ({"born_on_month": "May"}, "Choose a month and a year from the lists"),
        ({"born_on_year": "1899"}, "Choose a month and a year from the lists"),
        ({"born_on_year": "10000"}, "Choose a month and a year from the lists"),
        ({"born_on_year": "9999"}, "This month is still to come"),
        ({"password1": ""}, "This field is required"),
        ({"password1": "kite"}, "Use at least 8 letters, digits or signs"),
        ({"password1": "password1"}, "Many people use this password"),
        ({"password1": "anaanaana", "username": "anaana"}, "too much like your name"),
        ({"password1": "hot-air-ana", "display_name": "hot air ana"}, "like your name"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_its_field(client, changed, message):
    UserFactory(username="taken")

    page = client.post(SIGN_UP, answers(**changed))

    [field] = [f for f in page.context["form"] if f.errors]
    for said in (message, f'id="{field.auto_id}_error"', f'{field.auto_id}_error"'):
        assertContains(page, said, status_code=422)
    assert User.objects.count() == 1


def test_next_month_is_still_to_come_and_this_month_is_not(client):
    today = timezone.localdate()
    soon = (today.replace(day=1) + timezone.timedelta(days=32)).replace(day=1)
    for day in (soon, today):
        client.post(SIGN_UP, answers(born_on_month=day.month, born_on_year=day.year))

    assert User.objects.get().born_on == today.replace(day=1)


def test_the_question_of_birth_gives_no_age_away(client):
    page = client.get(SIGN_UP)

    years = [str(year) for year in range(timezone.localdate().year, 1899, -1)]
    offered = page.context["form"].fields["born_on"].widget.widgets[1].choices
    assert [value for value, _label in offered] == ["", *years]
    question = re.search(r"<fieldset.*?</fieldset>", page.content.decode(), re.S)[0]
    said = re.sub(r"<select.*?</select>|<[^>]+>", "", question, flags=re.S)
    assert said.split() == ["When", "were", "you", "born?"]


@pytest.mark.django_db(transaction=True)
def test_of_many_who_take_one_name_at_once_one_gets_it():
    start = Barrier(6)

    def attempt(_number):
        client = Client()
        client.get(SIGN_UP)
        start.wait()
        try:
            return client.post(SIGN_UP, answers())
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        replies = list(pool.map(attempt, range(6)))

    refused = [reply for reply in replies if reply.status_code == 422]
    assert len(refused) == 5
    for reply in refused:
        assertContains(reply, "Somebody has this name already", status_code=422)
    assert User.objects.count() == 1


def test_a_form_sent_twice_makes_one_account(client):
    for _time in range(2):
        client.post(SIGN_UP, answers())

    assert User.objects.count() == 1


def test_who_is_signed_in_is_led_home(client, student):
    client.force_login(student)

    assertRedirects(client.get(SIGN_UP), reverse("home:home"))


def test_the_page_asks_for_no_address(client):
    page = client.get(SIGN_UP)

    for word in ("mail", "placeholder", "style="):
        assertNotContains(page, word)
    for autocomplete in ("username", "nickname", "bday-month", "bday-year"):
        assertContains(page, f'autocomplete="{autocomplete}"')
    assertContains(page, 'autocomplete="new-password"', count=1)


def test_past_the_limit_an_address_is_asked_to_wait(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "sign_up": "1/m/ip"}
    Client().post(SIGN_UP, answers())

    page = client.post(SIGN_UP, answers(username="ben"))

    assertContains(page, "Wait a minute", status_code=429)
    assert page["Retry-After"] == "60"
    assert User.objects.count() == 1


def test_forms_that_make_nobody_keep_no_address_waiting(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "sign_up": "1/m/ip"}
    for data in [{}, answers(username="a b"), answers(password1="x")] * 5:
        assert client.post(SIGN_UP, data).status_code == 422

    assertRedirects(client.post(SIGN_UP, answers()), WORDS)
