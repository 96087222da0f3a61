from urllib.parse import quote

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tendril.accounts import recovery
from tests.factories import InvitationFactory, UserFactory

pytestmark = pytest.mark.django_db

ON_THE_WAY = ["account_login", "account_signup", "accounts:recover"]
LETTER, CLASS = "/account/link/?code=CODE000001", "/join/CDF-HJK/"


def ways(onward):
    """The header's links from a page on the way, to be found in it."""
    return [
        f'<a href="{reverse(name)}{onward}">{said}</a>'
        for name, said in [("account_login", "Sign in"), ("account_signup", "Sign up")]
    ]


@pytest.mark.parametrize("name", ON_THE_WAY)
@pytest.mark.parametrize("target", [LETTER, CLASS])
def test_the_header_keeps_where_a_letter_or_a_code_leads(client, name, target):
    onward = f"?next={quote(target)}"

    page = client.get(reverse(name) + onward)

    for way in ways(onward):
        assertContains(page, way)


@pytest.mark.parametrize("name", ON_THE_WAY)
def test_a_form_that_was_refused_keeps_it_too(client, name):
    onward = f"?next={quote(LETTER)}"

    page = client.post(reverse(name) + onward, {"next": LETTER})

    for way in ways(onward):
        assertContains(page, way, status_code=page.status_code)


AWAY = ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:a()"]


@pytest.mark.parametrize("name", ON_THE_WAY)
@pytest.mark.parametrize("away", AWAY)
def test_the_header_leads_to_no_other_site(client, name, away):
    page = client.get(reverse(name), {"next": away})

    for way in ways(""):
        assertContains(page, way)


def test_who_scans_a_letter_finds_it_again_by_the_header(client, student):
    made = InvitationFactory(student=student)

    page = client.get(made.path, follow=True)

    for way in ways(f"?next={quote(made.path)}"):
        assertContains(page, way)


def test_who_forgot_the_password_comes_back_to_the_letter(client):
    person = UserFactory(username="ana", adult=True)
    sent = {"username": "ana", "words": " ".join(recovery.give_words(person))}
    way = f"{reverse('accounts:recover')}?next={quote(LETTER)}"
    signing_in = client.get(f"{reverse('account_login')}?next={quote(LETTER)}")

    response = client.post(way, sent | {"password": "three words in a row"})

    assertContains(signing_in, f'href="{way}"')
    onward = f"?next={quote(LETTER, safe='')}"
    assertRedirects(response, reverse("accounts:recovery_words") + onward)


def test_a_page_that_is_no_account_page_leads_back_to_itself(client):
    page = client.get(f"{CLASS}?next=/learn/")

    assertContains(page, ways(f"?next={CLASS}")[0])
    assertNotContains(page, "next=/learn/")
