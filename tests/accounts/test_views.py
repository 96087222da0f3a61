import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tendril.accounts import recovery
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

ACCOUNT = reverse("accounts:account")
WHO = reverse("accounts:who")
WORDS = reverse("accounts:recovery_words")
RECOVER = reverse("accounts:recover")
HOME = reverse("home:home")
NEW = "three new words"


def words_in(page):
    shown = re.search(r'<ol class="words">(.*?)</ol>', page.content.decode(), re.S)
    return re.findall(r"<li>(\w+)</li>", shown[1])


def recover(client, person, words, password=NEW):
    return client.post(
        RECOVER,
        {"username": person.username, "words": words, "password": password},
    )


def is_signed_in(client):
    return client.get(ACCOUNT).status_code == 200


# Who am I?


def test_a_stranger_is_shown_the_way_in_and_gets_a_token(client):
    fragment = client.get(WHO)

    assertContains(fragment, 'data-reader=""')
    assertContains(fragment, "Sign in")
    assertContains(fragment, "Sign up")
    assertNotContains(fragment, "<html")
    assert fragment["Cache-Control"] == "private, no-store"
    assert fragment.cookies["csrftoken"].value


def test_who_is_signed_in_is_named_with_a_key_of_their_own(client, student):
    client.force_login(student)

    fragment = client.get(WHO)

    assertContains(fragment, f'data-reader="{student.reader_key}"')
    assertContains(fragment, "Sam")
    assertNotContains(fragment, "Sign up")
    assert fragment["Cache-Control"] == "private, no-store"


def test_the_token_of_the_fragment_is_good_for_signing_out(student):
    client = Client(enforce_csrf_checks=True)
    client.force_login(student)
    token = re.search(
        r'name="csrfmiddlewaretoken" value="(\w+)"', client.get(WHO).content.decode()
    )[1]

    client.post(reverse("account_logout"), {"csrfmiddlewaretoken": token})

    assert not is_signed_in(client)


def test_the_token_of_the_cookie_is_good_for_scripts(student):
    client = Client(enforce_csrf_checks=True)
    token = client.get(WHO).cookies["csrftoken"].value
    client.force_login(student)

    client.post(reverse("account_logout"), headers={"X-CSRFToken": token})

    assert not is_signed_in(client)


# My account


def test_the_account_shows_its_owner_what_is_known(client):
    client.force_login(UserFactory(username="ana", display_name="Ana"))

    page = client.get(ACCOUNT)

    assertContains(page, "<strong>ana</strong>")
    assertContains(page, 'value="Ana"')
    assertContains(page, "May 2014")
    assertContains(page, "You have no recovery words yet")
    assertContains(page, f'hx-get="{reverse("classrooms:seen_by")}"')
    assert page["Cache-Control"] == "private, no-store"


def test_the_name_to_show_is_changed_and_tidied(client):
    person = UserFactory()
    client.force_login(person)

    page = client.post(ACCOUNT, {"display_name": "  Zoe\u0308   B "}, follow=True)

    person.refresh_from_db()
    assert person.display_name == "Zo\u00eb B"
    assertContains(page, "Others now see Zo\u00eb B.")


def test_an_empty_name_falls_back_to_the_username(client):
    person = UserFactory(username="ana")
    client.force_login(person)

    page = client.post(ACCOUNT, {"display_name": ""}, follow=True)

    person.refresh_from_db()
    assert person.display_name == ""
    assertContains(page, "Others now see ana.")


def test_a_refused_name_is_said_beside_its_field_and_nowhere_else(client):
    person = UserFactory(display_name="Ana")
    client.force_login(person)

    page = client.post(ACCOUNT, {"display_name": "admin"})

    person.refresh_from_db()
    assert person.display_name == "Ana"
    assertContains(page, "This name is kept for the site", status_code=422)
    assertContains(
        page,
        'aria-describedby="id_display_name_helptext id_display_name_error"',
        status_code=422,
    )
    assertContains(
        page, 'class="name" href="/me/" title="My page">Ana<', status_code=422
    )


def test_nothing_else_of_the_account_can_be_changed_here(client):
    person = UserFactory()
    client.force_login(person)

    client.post(
        ACCOUNT, {"display_name": "Ana", "born_on": "1980-01-01", "is_staff": "on"}
    )

    person.refresh_from_db()
    assert [str(person.born_on), person.is_staff] == ["2014-05-01", False]


# Recovery words


def test_words_are_shown_once_in_the_reply_to_a_post(client):
    person = UserFactory()
    client.force_login(person)

    before = client.get(WORDS)
    page = client.post(WORDS)

    assertContains(before, "Show my words")
    assertNotContains(before, 'type="password"')
    assert page["Cache-Control"] == "private, no-store"
    assertContains(page, "http://testserver/account/recover/")
    words = words_in(page)
    assert len(words) == 6
    assertNotContains(client.get(WORDS), 'class="words"')
    client.logout()
    assertRedirects(recover(client, person, " ".join(words)), WORDS)


def test_a_replayed_post_does_not_void_the_words_just_shown(client):
    person = UserFactory()
    client.force_login(person)
    words = words_in(client.post(WORDS))

    replay = client.post(WORDS)

    assertContains(replay, "You have recovery words already", status_code=422)
    client.logout()
    assertRedirects(recover(client, person, " ".join(words)), WORDS)


@pytest.mark.parametrize(("password", "status"), [(PASSWORD, 200), ("wrong", 422)])
def test_new_words_ask_for_the_password(client, password, status):
    person = UserFactory()
    recovery.give_words(person)
    old = person.recovery_hash
    client.force_login(person)

    page = client.post(WORDS, {"password": password})

    person.refresh_from_db()
    assert page.status_code == status
    assert (person.recovery_hash == old) == (status == 422)


def test_the_password_is_not_guessed_through_the_words(client):
    person = UserFactory()
    recovery.give_words(person)
    client.force_login(person)
    for _time in range(5):
        client.post(WORDS, {"password": "wrong"})

    assert client.post(WORDS, {"password": PASSWORD}).status_code == 429


def test_words_keep_the_way_onward(client, student):
    client.force_login(student)

    inside = client.post(WORDS, {"next": "/learn/"})

    assertContains(inside, 'class="button" href="/learn/"')


def test_the_words_page_never_leads_off_the_site(client, student):
    client.force_login(student)

    page = client.post(WORDS, {"next": "https://evil.example/"})

    assertNotContains(page, "evil")


# Back in


def test_words_let_their_owner_in_and_everybody_else_out(client):
    person = UserFactory()
    words = recovery.give_words(person)
    elsewhere = Client()
    elsewhere.force_login(person)

    response = recover(client, person, f"  {', '.join(words).upper()} ")

    assertRedirects(response, WORDS)
    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)
    assertContains(client.get(WORDS), "Show my words")


def test_words_work_once(client):
    person = UserFactory()
    words = " ".join(recovery.give_words(person))
    recover(client, person, words)

    again = recover(Client(), person, words, "yet another one")

    assertContains(again, "do not go together", status_code=422)


def test_an_unknown_name_and_wrong_words_read_the_same():
    known, unknown = UserFactory(), UserFactory.build(username="person-0")
    recovery.give_words(known)

    pages = [
        recover(Client(), person, "apple kite zebra lemon oak fox")
        for person in (known, unknown)
    ]

    assert [page.status_code for page in pages] == [422, 422]
    assert plain(pages[0], known) == plain(pages[1], unknown)


def plain(page, person):
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode())
    return unescape(text).replace(person.username, "NAME")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"username": ""}, "This field is required"),
        ({"words": ""}, "This field is required"),
        ({"words": "apple kite zebra lemon oak foks"}, "Check the spelling of: foks."),
        ({"words": "apple kite"}, "do not go together"),
        ({"words": "x" * 201}, "at most 200 characters"),
        ({"password": "kite"}, "Use at least 8 letters, digits or signs"),
        ({"password": "person-ana"}, "too much like your name"),
    ],
)
def test_what_cannot_be_taken_is_said(client, changed, message):
    person = UserFactory(username="person-ana")
    words = recovery.give_words(person)
    sent = {"username": "person-ana", "words": " ".join(words), "password": NEW}

    page = client.post(RECOVER, sent | changed)

    assertContains(page, message, status_code=422)
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert not is_signed_in(client)


def test_wrong_words_keep_nobody_from_giving_the_right_ones(client):
    person = UserFactory(username="ana")
    words = " ".join(recovery.give_words(person))
    for _time in range(30):
        assert recover(Client(), person, "wrong words").status_code == 422

    assertRedirects(recover(client, person, words), WORDS)


def test_guessing_words_is_slowed_by_address(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "recover": "3/m/ip"}
    people = UserFactory.build_batch(4)

    pages = [recover(client, person, "x") for person in people]

    assert [page.status_code for page in pages] == [422, 422, 422, 429]
    assertContains(pages[-1], "Wait a minute", status_code=429)
    assert pages[-1]["Retry-After"] == "60"


def test_who_is_signed_in_is_led_home(client, student):
    client.force_login(student)

    assertRedirects(client.get(RECOVER), HOME)


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("/learn/?tier=builders&minutes=8", "/account/login/?next=/learn/%3Ftier%3D"),
        ("/account/recover/", '/account/login/"'),
    ],
)
def test_signing_in_from_the_header_leads_back_to_the_page(client, page, address):
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{page}"}

    response = client.get(reverse("accounts:who"), headers=headers)

    assertContains(response, f'href="{address}')
