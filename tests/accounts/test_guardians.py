from datetime import date

import pytest

from tendril.accounts import guardians
from tendril.accounts.guardians import verify
from tendril.accounts.models import Guardianship, Invitation
from tests.factories import GuardianshipFactory, InvitationFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_verifying_says_who_vouched_and_leaves_earlier_words_standing():
    office, other_office = UserFactory(admin=True), UserFactory(admin=True)
    early = GuardianshipFactory(verified_by=other_office)
    waiting = GuardianshipFactory(pending=True)

    count = verify(Guardianship.objects.all(), by=office)

    early.refresh_from_db()
    waiting.refresh_from_db()
    assert count == 1
    assert [early.verified_by, waiting.verified_by] == [other_office, office]
    assert waiting.verified_at is not None


@pytest.mark.parametrize("born_on", [None, date(2014, 5, 1)])
def test_whoever_vouches_a_child_is_no_guardian(admin, born_on):
    bond = GuardianshipFactory(guardian__born_on=born_on, pending=True)

    assert verify(Guardianship.objects.all(), by=admin) == 0

    bond.refresh_from_db()
    assert bond.is_pending


def test_the_view_ends_when_the_student_is_18():
    bond = GuardianshipFactory()
    grown = GuardianshipFactory(student__adult=True)

    assert list(Guardianship.objects.verified()) == [bond]
    assert Guardianship.objects.contains(grown)


def test_a_bar_ends_the_view_and_every_code_that_another_account_could_use(admin):
    bond = GuardianshipFactory()
    InvitationFactory(student=bond.student, made_by=bond.guardian, by_email=True)
    InvitationFactory(student=bond.student)
    of_another_child = InvitationFactory()

    guardians.bar(bond, by=admin)

    assert not Guardianship.objects.verified().exists()
    assert list(Invitation.objects.open()) == [of_another_child]
    assert list(Invitation.objects.filter(taken_back_at=None)) == [of_another_child]


def test_nobody_vouches_for_themselves(admin):
    bond = GuardianshipFactory(guardian=admin, pending=True)

    guardians.verify(Guardianship.objects.all(), by=admin)

    bond.refresh_from_db()
    assert bond.verified_at is None


@pytest.mark.parametrize("pending", [True, False])
def test_a_bar_taken_back_leaves_what_was_before(admin, pending):
    bond = GuardianshipFactory(pending=pending)
    guardians.bar(bond, by=admin)

    guardians.lift(bond)

    assert Guardianship.objects.verified().exists() is not pending


def test_a_guardian_leaves_and_takes_their_invitations_along():
    bond = GuardianshipFactory()
    InvitationFactory(student=bond.student, made_by=bond.guardian, by_email=True)

    guardians.end(bond, by=bond.guardian)
    guardians.end(bond, by=bond.guardian)

    assert not Guardianship.objects.exists()
    assert not Invitation.objects.open().exists()


def test_a_child_refuses_who_is_waiting_and_nobody_else():
    waiting = GuardianshipFactory(pending=True)
    verified = GuardianshipFactory(student=waiting.student)

    guardians.end(waiting, by=waiting.student)
    with pytest.raises(guardians.MayNotEnd):
        guardians.end(verified, by=waiting.student)

    assert list(Guardianship.objects.all()) == [verified]


def test_from_18_on_a_student_ends_every_link():
    bond = GuardianshipFactory(student__adult=True)

    guardians.end(bond, by=bond.student)

    assert not Guardianship.objects.exists()


@pytest.mark.parametrize("who", ["guardian", "student"])
def test_nobody_undoes_a_bar_by_undoing_the_link(who):
    bond = GuardianshipFactory(barred=True)

    with pytest.raises(guardians.MayNotEnd):
        guardians.end(bond, by=getattr(bond, who))

    assert Guardianship.objects.exists()
