from urllib.parse import urlencode

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tendril.accounts.models import Guardianship, Invitation
from tests.factories import GuardianshipFactory, InvitationFactory, UserFactory

pytestmark = pytest.mark.django_db

LINK = "accounts:link"


@pytest.fixture
def adult():
    return UserFactory(adult=True, display_name="Pat")


def test_a_guardian_with_a_letter_is_linked_after_three_pages(client, adult, student):
    made = InvitationFactory(student=student)
    client.force_login(adult)

    shown = client.get(made.path)
    linked = client.post(reverse(LINK), {"code": made.code}, follow=True)

    assertContains(shown, "Are you a parent or guardian of Sam?")
    assertRedirects(linked, reverse("home:family"))
    assertContains(linked, "You are linked with Sam.")
    assertContains(linked, reverse("quizzes:family_work", args=[student.pk]))


def test_looking_at_a_code_links_nobody(client, adult, student):
    made = InvitationFactory(student=student)
    client.force_login(adult)

    client.get(made.path)

    assert not Guardianship.objects.exists()
    assert Invitation.objects.open().exists()


def test_who_scans_a_letter_signed_out_comes_back_to_it(client, student):
    made = InvitationFactory(student=student)

    response = client.get(made.path)

    onward = urlencode({"next": made.path})
    assertRedirects(response, f"{reverse('account_login')}?{onward}")


def test_a_code_of_the_child_waits_and_shows_nothing(client, adult, student):
    made = InvitationFactory(student=student, by_child=True)
    client.force_login(adult)

    response = client.post(reverse(LINK), {"code": made.code}, follow=True)

    assertRedirects(response, reverse("accounts:guardians"))
    assertContains(response, "waits until the school says who you are")
    for name in ("home:family_of", "quizzes:family_work", "lessons:family_reading"):
        assert client.get(reverse(name, args=[student.pk])).status_code == 404
    assert client.get(reverse("accounts:invite", args=[student.pk])).status_code == 404


@pytest.mark.parametrize(
    ("how", "status", "said"),
    [
        ({"used": True}, 410, "was used already"),
        ({"expired": True}, 410, "are over"),
        ({"taken_back": True}, 410, "The school has taken this letter back"),
        ({"taken_back": True, "by_email": True}, 410, "This code was taken back"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_code_that_is_over_says_so(client, adult, student, how, status, said, method):
    made = InvitationFactory(student=student, **how)
    client.force_login(adult)

    response = getattr(client, method)(reverse(LINK), {"code": made.code})

    assertContains(response, said, status_code=status)
    assertNotContains(response, "Sam", status_code=status)
    assert not Guardianship.objects.exists()


def test_the_child_is_told_whom_its_code_is_for(client, student):
    made = InvitationFactory(student=student, by_child=True)
    client.force_login(student)

    response = client.post(reverse(LINK), {"code": made.code})

    assertContains(response, "Give it to them", status_code=403)


def test_a_barred_adult_is_sent_to_the_school(client, adult, student):
    GuardianshipFactory(guardian=adult, student=student, barred=True)
    made = InvitationFactory(student=student)
    client.force_login(adult)

    response = client.post(reverse(LINK), {"code": made.code})

    assertContains(response, "Ask the school about it", status_code=403)


def test_guessing_is_slowed_for_who_guesses_and_for_nobody_else(client, adult, student):
    client.force_login(adult)
    guesses = [
        client.get(reverse(LINK), {"code": f"AAAAA-AAAA{sign}"}).status_code
        for sign in "ACDEFGHJKMN"
    ]
    made = InvitationFactory(student=student)
    other = UserFactory(adult=True)
    client.force_login(other)

    response = client.post(reverse(LINK), {"code": made.code})

    assert guesses == [422] * 10 + [429]
    assertRedirects(response, reverse("home:family"), fetch_redirect_response=False)


def test_a_child_makes_a_code_and_sees_who_waits(client, student, guardian):
    GuardianshipFactory(guardian__display_name="Pat", student=student, pending=True)
    client.force_login(student)

    page = client.post(reverse("accounts:guardians"), follow=True)

    [made] = Invitation.objects.open()
    assertContains(page, made.shown_code)
    assertContains(page, "No, not Pat")
    assertContains(page, "Alex")
    assertNotContains(page, "Undo the link with Alex")


def test_a_child_refuses_who_waits_and_not_who_is_verified(client, student, guardian):
    waiting = GuardianshipFactory(student=student, pending=True)
    verified = guardian.wardships.get()
    client.force_login(student)

    refused = client.post(reverse("accounts:end_link", args=[waiting.pk]))
    forbidden = client.post(reverse("accounts:end_link", args=[verified.pk]))

    assertRedirects(refused, reverse("accounts:guardians"))
    assert forbidden.status_code == 403
    assert list(Guardianship.objects.all()) == [verified]


def test_undoing_a_link_asks_first(client, guardian, student):
    address = reverse("accounts:end_link", args=[guardian.wardships.get().pk])
    client.force_login(guardian)

    page = client.get(reverse("accounts:guardians"))
    asked = client.get(address)

    assertContains(page, f'href="{address}"')
    assertNotContains(page, f'action="{address}"')
    assertContains(asked, "Undo the link with Sam?")
    assert Guardianship.objects.exists()
    assertRedirects(client.post(address), reverse("accounts:guardians"))
    assert not Guardianship.objects.exists()


def test_a_bar_is_not_shown_to_who_is_barred(client, adult, student):
    bond = GuardianshipFactory(guardian=adult, student=student, barred=True)
    client.force_login(adult)

    page = client.get(reverse("accounts:guardians"))
    response = client.post(reverse("accounts:end_link", args=[bond.pk]))

    assertNotContains(page, "Sam")
    assert response.status_code == 404


def test_a_verified_guardian_invites_another_one(client, guardian, student):
    client.force_login(guardian)

    page = client.post(
        reverse("accounts:invite", args=[student.pk]),
        {"email": "grandma@example.org"},
        follow=True,
    )

    made = Invitation.objects.get()
    assert (made.kind, made.email) == ("email", "grandma@example.org")
    assert (made.made_by, made.student) == (guardian, student)
    assertContains(page, "on its way to grandma@example.org")


@pytest.mark.parametrize("how", [{"pending": True}, {"barred": True}])
def test_an_unverified_guardian_invites_nobody(client, adult, student, how):
    GuardianshipFactory(guardian=adult, student=student, **how)
    client.force_login(adult)

    response = client.post(
        reverse("accounts:invite", args=[student.pk]), {"email": "a@example.org"}
    )

    assert response.status_code == 404
    assert not Invitation.objects.exists()


def test_too_many_invitations_are_told_in_place(client, guardian, student):
    InvitationFactory.create_batch(5, student=student, by_email=True)
    client.force_login(guardian)

    response = client.post(
        reverse("accounts:invite", args=[student.pk]), {"email": "a@example.org"}
    )

    assertContains(response, "Take one of yours back", status_code=422)


PAGES = [("accounts:guardians", []), ("accounts:invite", ["student"])]


@pytest.mark.parametrize(("name", "of"), PAGES)
def test_a_guardian_sees_the_own_invitations_and_takes_them_back(
    client, guardian, student, name, of
):
    mine = InvitationFactory(student=student, made_by=guardian, by_email=True)
    InvitationFactory(student=student, by_email=True, email="aunt@example.org")
    client.force_login(guardian)
    page = reverse(name, args=[student.pk for _ in of])
    way = reverse("accounts:take_back", args=[mine.pk])

    shown = client.get(page)
    client.post(way)

    assertContains(shown, "grandma@example.org")
    assertContains(shown, f'action="{way}"')
    assertNotContains(shown, "aunt@example.org")
    assertNotContains(client.get(page), "grandma@example.org")
    assert [each.email for each in Invitation.objects.open()] == ["aunt@example.org"]


def test_nobody_takes_back_what_another_has_made(client, guardian, student):
    made = InvitationFactory(student=student, by_email=True)
    client.force_login(guardian)

    response = client.post(reverse("accounts:take_back", args=[made.pk]))

    assert response.status_code == 404
    assert Invitation.objects.open().exists()


def test_what_somebody_used_is_taken_back_by_nobody(client, guardian, student):
    made = InvitationFactory(student=student, made_by=guardian, used=True)
    client.force_login(guardian)

    page = client.post(reverse("accounts:take_back", args=[made.pk]), follow=True)

    made.refresh_from_db()
    assert made.taken_back_at is None
    assertNotContains(page, "Taken back")


@pytest.mark.parametrize("count", [1, 5])
def test_the_page_of_links_costs_the_same_however_many(
    client, django_assert_max_num_queries, guardian, count
):
    for bond in GuardianshipFactory.create_batch(count, guardian=guardian):
        InvitationFactory(student=bond.student, made_by=guardian, by_email=True)
    client.force_login(guardian)

    with django_assert_max_num_queries(8):
        client.get(reverse("accounts:guardians"))
