from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from tendril.accounts import codes, guardians, invitations, letters
from tendril.accounts.models import Guardianship, Invitation
from tests.factories import GuardianshipFactory, InvitationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def adult():
    return UserFactory(adult=True)


def state(person, student):
    bond = Guardianship.objects.filter(guardian=person, student=student).first()
    if bond is None:
        return "none"
    return "pending" if bond.verified_at is None else "verified"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ({}, "verified"),
        ({"by_email": True}, "verified"),
        ({"by_child": True}, "pending"),
    ],
    ids=["letter of the school", "mail", "code of the child"],
)
def test_who_made_a_code_says_what_it_is_worth(adult, student, kind, expected):
    made = InvitationFactory(student=student, **kind)

    invitations.use(code=made.code, person=adult)

    assert state(adult, student) == expected
    verified_by = Guardianship.objects.get().verified_by
    assert verified_by == (None if expected == "pending" else made.made_by)


def test_a_code_sent_twice_by_the_same_person_changes_nothing(adult, student):
    made = InvitationFactory(student=student, by_child=True)

    first = invitations.use(code=made.code, person=adult)
    second = invitations.use(code=made.code, person=adult)

    assert first == second
    assert state(adult, student) == "pending"


def test_a_code_is_typed_in_any_case_with_or_without_dashes(adult, admin, student):
    made = invitations.make_letter(student=student, by=admin)

    typed = f" {made.shown_code.lower()} "

    assert made.shown_code == f"{made.code[:5]}-{made.code[5:]}"
    assert set(made.code) <= set(codes.SIGNS)
    assert not set(codes.SIGNS) & set("0O1IL2Z5S8BUV")
    assert invitations.find(code=typed, person=adult) == made


def test_a_letter_lifts_a_bond_that_was_waiting(adult, student):
    GuardianshipFactory(guardian=adult, student=student, pending=True)
    made = InvitationFactory(student=student)

    invitations.use(code=made.code, person=adult)

    assert state(adult, student) == "verified"


REFUSED = [
    ({"expired": True}, invitations.CodeOver),
    ({"used": True}, invitations.CodeUsed),
    ({"taken_back": True}, invitations.LetterTakenBack),
    ({"taken_back": True, "by_email": True}, invitations.CodeTakenBack),
    ({"taken_back": True, "by_child": True}, invitations.CodeTakenBack),
    ({"student__born_on": date(1990, 1, 1)}, invitations.CodeOver),
]


@pytest.mark.parametrize(("how", "expected"), REFUSED)
def test_a_code_that_is_over_links_nobody(adult, how, expected):
    made = InvitationFactory(**how)

    with pytest.raises(expected):
        invitations.use(code=made.code, person=adult)

    assert state(adult, made.student) == "none"


def test_a_code_links_one_person_only(adult, student):
    made = InvitationFactory(student=student)
    invitations.use(code=made.code, person=adult)
    second = UserFactory(adult=True)

    with pytest.raises(invitations.CodeUsed):
        invitations.use(code=made.code, person=second)

    assert state(second, student) == "none"


def test_a_used_code_does_not_bring_back_a_link_that_was_undone(adult, student):
    made = InvitationFactory(student=student)
    bond = invitations.use(code=made.code, person=adult)
    guardians.end(bond, by=adult)

    with pytest.raises(invitations.CodeUsed):
        invitations.use(code=made.code, person=adult)

    assert state(adult, student) == "none"


def test_an_unknown_code_links_nobody(adult):
    with pytest.raises(invitations.CodeUnknown):
        invitations.use(code="AAAAA-AAAAA", person=adult)


WAYS = [{}, {"by_email": True}, {"by_child": True}]


@pytest.mark.parametrize("way", WAYS)
def test_no_code_makes_a_child_its_own_guardian(student, way):
    made = InvitationFactory(student=student, **way)

    with pytest.raises(invitations.CodeOfOneself):
        invitations.use(code=made.code, person=student)

    assert not Guardianship.objects.exists()
    made.refresh_from_db()
    assert made.used_at is None


@pytest.mark.parametrize("born_on", [None, date(2014, 5, 1)])
@pytest.mark.parametrize("way", WAYS)
def test_no_code_makes_another_account_of_a_child_a_guardian(student, way, born_on):
    made = InvitationFactory(student=student, **way)
    second = UserFactory(born_on=born_on)

    with pytest.raises(invitations.CodeForAdults):
        invitations.use(code=made.code, person=second)

    assert state(second, student) == "none"


@pytest.mark.parametrize("way", WAYS)
def test_who_is_barred_comes_in_by_no_code(adult, student, way):
    GuardianshipFactory(guardian=adult, student=student, barred=True)
    made = InvitationFactory(student=student, **way)

    with pytest.raises(invitations.LinkBarred):
        invitations.use(code=made.code, person=adult)

    assert not Guardianship.objects.verified().exists()


def test_a_new_code_of_the_child_voids_the_one_before(student):
    first = invitations.make_child_code(student)
    second = invitations.make_child_code(student)

    assert list(Invitation.objects.open()) == [second]
    assert first.code != second.code


def test_nobody_makes_a_code_for_a_grown_up(adult):
    with pytest.raises(invitations.NoChild):
        invitations.make_letter(student=adult, by=UserFactory())


def test_an_invitation_is_mailed_once_it_is_stored(
    student, admin, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as queued:
        made = invitations.invite(student=student, by=admin, address="a@example.org")
    assert (len(queued), mail.outbox) == (1, [])

    letters.send_invitation(made.pk)

    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (
        ["a@example.org"],
        "See what Sam learns on Tendril",
    )
    assert f"http://testserver/account/link/?code={made.code}" in sent.body
    assert "&" not in sent.body
    assert (made.expires_at - timezone.now()).days == 13


@pytest.mark.parametrize(
    "how", [{"used": True}, {"expired": True}, {"taken_back": True}]
)
def test_an_invitation_that_is_over_is_mailed_no_more(how):
    made = InvitationFactory(by_email=True, **how)

    letters.send_invitation(made.pk)

    assert mail.outbox == []


def test_five_mails_may_wait_for_one_child(student, admin):
    for number in range(5):
        invitations.invite(student=student, by=admin, address=f"{number}@example.org")

    with pytest.raises(invitations.TooManyInvitations):
        invitations.invite(student=student, by=admin, address="6@example.org")

    Invitation.objects.filter(email="1@example.org").update(
        expires_at=timezone.now() - timedelta(days=1)
    )
    invitations.invite(student=student, by=admin, address="6@example.org")


@pytest.mark.parametrize(
    ("email", "expected"),
    [("", "grandma@example.org"), ("own@example.org", "own@example.org")],
)
def test_where_the_invitation_was_received_is_a_confirmed_address(
    adult, student, email, expected
):
    adult.email = email
    adult.save(update_fields=["email"])
    made = InvitationFactory(student=student, by_email=True)

    invitations.use(code=made.code, person=adult)

    adult.refresh_from_db()
    assert (adult.email, adult.email_confirmed_at is None) == (expected, bool(email))


def test_nobody_is_linked_on_their_own_word():
    student = UserFactory()
    office = UserFactory(admin=True)
    letter = invitations.make_letter(student=student, by=office)

    with pytest.raises(invitations.CodeOfMaker):
        invitations.use(code=letter.code, person=office)

    assert not Guardianship.objects.exists()
