import re
import time
from unittest.mock import patch

import pytest
from django.core import mail
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tendril.accounts import emails, letters
from tendril.accounts.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def adult():
    return UserFactory(adult=True, display_name="Alex & Toni")


def link_in_the_mail(person):
    letters.send_address_link(person.pk)
    return re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)[1]


def test_an_address_counts_once_its_link_is_opened_by_its_owner(client, adult):
    client.force_login(adult)
    client.post(reverse("accounts:email"), {"email": "me@example.org"})
    adult.refresh_from_db()
    assert (adult.confirmed_email, adult.new_email) == ("", "me@example.org")

    link = link_in_the_mail(adult)
    shown = client.get(link)
    adult.refresh_from_db()
    assert adult.confirmed_email == ""
    response = client.post(link)

    assertContains(shown, "me@example.org")
    assertRedirects(response, reverse("accounts:email"))
    adult.refresh_from_db()
    assert (adult.confirmed_email, adult.new_email) == ("me@example.org", "")


def test_the_mail_goes_to_the_address_in_question_in_plain_words(adult):
    emails.ask(person=adult, address="me@example.org")

    letters.send_address_link(adult.pk)

    [sent] = mail.outbox
    assert sent.to == ["me@example.org"]
    assert sent.subject == "Is this your e-mail address?"
    assert sent.body.startswith("Hello Alex & Toni,\n")
    assert sent.from_email == "Tendril <no-reply@testserver>"


def test_asking_queues_one_mail(adult, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as queued:
        emails.ask(person=adult, address="me@example.org")

    assert len(queued) == 1


def test_an_address_withdrawn_meanwhile_gets_no_mail(adult):
    emails.ask(person=adult, address="me@example.org")
    emails.remove(adult)

    letters.send_address_link(adult.pk)

    assert mail.outbox == []


def test_the_old_address_stays_until_the_new_one_is_confirmed(adult):
    emails.take(adult, "old@example.org")

    emails.ask(person=adult, address="new@example.org")

    adult.refresh_from_db()
    assert adult.confirmed_email == "old@example.org"


def used(client, adult, link):
    client.post(link)


def replaced(client, adult, link):
    emails.ask(person=adult, address="other@example.org")


def removed(client, adult, link):
    emails.remove(adult)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("how", [used, replaced, removed])
def test_a_link_works_once_and_while_nothing_newer_was_asked(
    client, adult, how, method
):
    client.force_login(adult)
    emails.ask(person=adult, address="me@example.org")
    link = link_in_the_mail(adult)
    how(client, adult, link)
    before = User.objects.values("email", "new_email").get(pk=adult.pk)

    response = getattr(client, method)(link)

    assertContains(response, "It was used already", status_code=410)
    assert User.objects.values("email", "new_email").get(pk=adult.pk) == before


def test_a_link_expires(client, adult):
    client.force_login(adult)
    emails.ask(person=adult, address="me@example.org")
    four_days_ago = time.time() - 4 * 24 * 60 * 60
    with patch("time.time", return_value=four_days_ago):
        link = link_in_the_mail(adult)

    response = client.get(link)

    assertContains(response, "its 3 days are over", status_code=410)


def test_a_link_is_for_the_account_that_asked(client, adult):
    emails.ask(person=adult, address="me@example.org")
    link = link_in_the_mail(adult)
    other = UserFactory(adult=True)
    client.force_login(other)

    response = client.post(link)

    assertContains(response, "another account", status_code=403)
    assertNotContains(response, "me@example.org", status_code=403)
    other.refresh_from_db()
    assert other.email == ""


def test_a_changed_link_is_unknown(client, adult):
    client.force_login(adult)
    emails.ask(person=adult, address="me@example.org")

    response = client.post(link_in_the_mail(adult)[:-3] + "/")

    assertContains(response, "Copy the whole link", status_code=404)


def test_children_have_no_address(client, student):
    client.force_login(student)

    page = client.get(reverse("accounts:email"))
    response = client.post(reverse("accounts:email"), {"email": "me@example.org"})

    assertNotContains(page, 'type="email"')
    assert response.status_code == 403
    with pytest.raises(emails.NotForChildren):
        emails.ask(person=student, address="me@example.org")


def test_an_address_that_is_none_is_told_in_place(client, adult):
    client.force_login(adult)

    response = client.post(reverse("accounts:email"), {"email": "me at home"})

    assertContains(response, "such as name@example.org", status_code=422)


def test_many_mails_at_once_are_too_many(client, adult):
    client.force_login(adult)

    statuses = [
        client.post(reverse("accounts:email"), {"email": "a@example.org"}).status_code
        for _ in range(6)
    ]

    assert statuses == [302] * 5 + [429]


def test_forgetting_the_address_forgets_the_wishes(client, adult):
    emails.take(adult, "me@example.org")
    client.force_login(adult)
    client.post(reverse("accounts:wishes"), {"wants_digest": "on"})
    adult.refresh_from_db()
    assert adult.wants_digest

    client.post(reverse("accounts:remove_email"))

    adult.refresh_from_db()
    assert (adult.email, adult.confirmed_email, adult.wants_digest) == ("", "", False)


def test_a_site_without_mail_says_so(client, adult, settings):
    settings.SENDS_MAIL = False
    client.force_login(adult)

    page = client.get(reverse("accounts:email"))
    response = client.post(reverse("accounts:email"), {"email": "me@example.org"})

    assertContains(page, "This site sends no mail")
    assert response.status_code == 403


def test_what_mail_there_is_is_said_before_an_address_is_given(client, adult):
    client.force_login(adult)
    said = "a weekly mail on what your children read"

    assertContains(client.get(reverse("accounts:email")), said)
    emails.take(adult, "me@example.org")
    assertNotContains(client.get(reverse("accounts:email")), said)
