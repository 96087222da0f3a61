import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from tendril.accounts import emails, guardians
from tendril.accounts.mail import NotSent
from tests.factories import UserFactory
from tests.tutor.mailing import mails_sent
from tutor import consent, email_plus, methods, notices
from tutor.consent import CannotConsent
from tutor.models import ConsentEvent, ConsentLink
from tutor.purposes import Purpose
from tutor.tasks import confirm_link

pytestmark = pytest.mark.django_db

GUARDIAN = ConsentEvent.Relationship.GUARDIAN


@pytest.fixture
def guardian(guardian):
    emails.take(guardian, "alex@home.example")
    return guardian


def new_link(student, guardian):
    with mails_sent():
        email_plus.ask(student=student, guardian=guardian)
    return re.search(r"http://testserver(/tutor/consent/\S+)", mail.outbox[-1].body)[1]


@pytest.fixture
def link(student, guardian):
    """As it stands in the mail to the guardian."""
    return new_link(student, guardian)


def may_ask(student):
    return consent.is_in_force(student, Purpose.EMBEDDED)


def kinds():
    return list(ConsentEvent.objects.values_list("kind", flat=True))


def an_hour_later():
    ConsentLink.objects.filter(confirms_at__isnull=False).update(
        confirms_at=timezone.now()
    )
    with mails_sent():
        for link_id in email_plus.due():
            confirm_link(link_id)


def end_link():
    return re.search(r"http://testserver(/\S+/end/)", mail.outbox[-1].body)[1]


def test_the_first_mail_holds_the_notice_and_opening_it_changes_nothing(
    client, link, student
):
    sent = mail.outbox[-1]
    assert (sent.to, sent.subject) == (
        ["alex@home.example"],
        "May the tutor answer Sam?",
    )
    for part in notices.current(Purpose.EMBEDDED).parts:
        assert part.title in sent.body

    assertContains(client.get(link), "May the tutor answer Sam?")
    client.head(link)

    assert kinds() == []
    assert ConsentLink.objects.get().used_at is None


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_a_yes_is_in_force_only_with_the_second_mail(
    client, link, student, guardian, is_signed_in
):
    if is_signed_in:
        client.force_login(guardian)

    assertContains(client.post(link), "We write to alex@home.example once more.")
    assert (kinds(), may_ask(student)) == (["granted"], False)

    with mails_sent():
        assert email_plus.due() == []
    an_hour_later()

    assert (kinds(), may_ask(student)) == (["granted", "confirmed"], True)
    assert mail.outbox[-1].subject == "You said yes: the tutor may answer Sam"
    assert len(mail.outbox) == 2


def test_the_second_mail_waits_for_an_hour(client, link, settings):
    client.post(link)
    row = ConsentLink.objects.get()
    assert row.confirms_at - row.used_at == timedelta(hours=1)


def test_the_second_mail_goes_out_once(client, link):
    client.post(link)

    an_hour_later()
    an_hour_later()

    assert len(mail.outbox) == 2
    assert kinds() == ["granted", "confirmed"]


def test_without_the_second_mail_nothing_is_in_force(client, link, student):
    client.post(link)

    with (
        patch.object(locmem.EmailBackend, "send_messages", side_effect=OSError),
        pytest.raises(NotSent),
    ):
        an_hour_later()
    assert not may_ask(student)

    # A later round finds it again.
    an_hour_later()
    assert may_ask(student)


def test_the_second_mail_ends_it_without_signing_in(client, link, student):
    client.post(link)
    an_hour_later()
    end = end_link()

    assertContains(client.get(end), "End the tutor for Sam?")
    assert may_ask(student)
    assertContains(client.post(end), "The tutor answers Sam no more")

    assert not may_ask(student)
    assertContains(client.post(end), "The tutor answers Sam no more")
    assert kinds() == ["granted", "confirmed", "withdrawn", "withdrawn"]


def test_what_is_taken_back_before_the_second_mail_never_comes(
    client, link, student, guardian
):
    client.post(link)
    consent.withdraw(student=student, by=guardian, relationship=GUARDIAN)

    an_hour_later()

    assert not may_ask(student)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("how", ["barred", "another address", "no address"])
def test_who_is_no_guardian_there_any_more_is_not_confirmed(
    client, link, student, guardian, how
):
    client.post(link)
    if how == "barred":
        guardians.bar(student.guardianships.get(), by=UserFactory(admin=True))
    elif how == "another address":
        emails.take(guardian, "other@home.example")
    else:
        emails.remove(guardian)

    an_hour_later()

    assert not may_ask(student)
    assert len(mail.outbox) == 1


def used(link, student, guardian):
    Client().post(link)


def expired(link, student, guardian):
    ConsentLink.objects.update(expires_at=timezone.now())


def replaced(link, student, guardian):
    new_link(student, guardian)


def barred(link, student, guardian):
    guardians.bar(student.guardianships.get(), by=UserFactory(admin=True))


def moved(link, student, guardian):
    emails.take(guardian, "other@home.example")


def grown_up(link, student, guardian):
    student.born_on = "1990-01-01"
    student.save()


def to_be_erased(link, student, guardian):
    student.sealed_at = timezone.now()
    student.save()


def another_notice(link, student, guardian):
    ConsentLink.objects.update(notice_hash="of other words")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "how",
    [
        used,
        expired,
        replaced,
        barred,
        moved,
        grown_up,
        to_be_erased,
        another_notice,
    ],
)
def test_a_link_that_is_over_says_so_and_changes_nothing(
    client, link, student, guardian, how, method
):
    how(link, student, guardian)
    before = kinds(), list(ConsentLink.objects.values())

    page = getattr(client, method)(link)

    assertContains(page, "Nothing was changed", status_code=410)
    assert (kinds(), list(ConsentLink.objects.values())) == before


def test_a_site_that_sends_no_mail_any_more_takes_no_link(client, link, settings):
    settings.SENDS_MAIL = False

    assert client.post(link).status_code == 410
    assert kinds() == []


def test_a_link_is_good_for_a_week(link):
    row = ConsentLink.objects.get()

    assert row.expires_at - row.made_at >= timedelta(days=6, hours=23)
    assert row.expires_at - row.made_at <= timedelta(days=7)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_was_changed_or_made_up_is_none(client, link, method):
    secret, _colon, signature = link.rstrip("/").rpartition(":")
    made_up = reverse("tutor:mailed", args=["made-up"])

    for bad in (f"{secret}x:{signature}/", f"{link[:-3]}AA/", made_up):
        page = getattr(client, method)(bad)
        assertContains(page, "This link does not work", status_code=404)
    assert kinds() == []


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["student", "classmate", "other_guardian", "admin"])
def test_nobody_else_who_is_signed_in_can_use_it(client, link, request, who, method):
    client.force_login(request.getfixturevalue(who))

    page = getattr(client, method)(link)

    assertContains(page, "works only for them", status_code=403)
    assert kinds() == []
    assert ConsentLink.objects.get().used_at is None


def test_a_child_cannot_end_it_by_the_guardians_mail(client, link, student):
    client.post(link)
    an_hour_later()
    client.force_login(student)

    page = client.post(end_link())

    assertContains(page, "Nothing was changed", status_code=403)
    assert may_ask(student)


def test_the_secret_is_kept_nowhere(link):
    secret = link.split("/")[-2].partition(":")[0]

    kept = " ".join(str(row) for row in ConsentLink.objects.values())
    assert len(secret) >= 40
    assert secret not in kept


def test_a_mail_is_never_enough_for_an_outside_model(student, guardian):
    with pytest.raises(CannotConsent):
        consent.grant(
            student=student,
            by=guardian,
            purpose=Purpose.EXTERNAL,
            method=methods.EMAIL_PLUS,
        )


def test_a_guardian_asks_for_the_link_and_not_too_often(client, student, guardian):
    client.force_login(guardian)
    url = reverse("tutor:mail_link", args=[student.pk])

    with mails_sent():
        statuses = [client.post(url).status_code for _time in range(6)]

    assert statuses == [302] * 5 + [429]
    assert len(mail.outbox) == 5
    assert ConsentLink.objects.open().count() == 1
