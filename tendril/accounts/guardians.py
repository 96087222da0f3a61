"""Who answers for a child, and on whose word."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tendril.accounts.ages import adults
from tendril.accounts.models import Guardianship, Invitation, User


class MayNotEnd(Exception):
    """A child cannot end the view of a guardian who was verified."""


def verify(bonds: QuerySet[Guardianship], *, by: User) -> int:
    """Let guardians see their children's work; who was verified before stays so.

    Whose account does not say that they are 18 is not verified, whoever vouches; and
    nobody vouches for themselves.
    """
    grown_up = User.objects.filter(adults()).exclude(pk=by.pk)
    waiting = bonds.filter(verified_at=None, guardian__in=grown_up)
    return waiting.update(verified_at=timezone.now(), verified_by=by)


@transaction.atomic
def bar(bond: Guardianship, *, by: User) -> None:
    """End this adult's view for good, also against new codes.

    No code that is open holds any more: another account could use it.
    """
    bond.barred_at, bond.barred_by = timezone.now(), by
    bond.save(update_fields=["barred_at", "barred_by"])
    waiting = Invitation.objects.open().filter(student=bond.student_id)
    waiting.update(taken_back_at=timezone.now())


def lift(bond: Guardianship) -> None:
    """Take a bar back; the bond is what it was before."""
    bond.barred_at = bond.barred_by = None
    bond.save(update_fields=["barred_at", "barred_by"])


def may_end(bond: Guardianship, *, by: User) -> bool:
    """Its guardian may at any time, its student while it is pending.

    From 18 on the student may end every one. What a school barred stays barred.
    """
    is_free = by.pk == bond.guardian_id or by.is_adult
    return bond.barred_at is None and (is_free or bond.verified_at is None)


@transaction.atomic
def end(bond: Guardianship, *, by: User) -> None:
    locked = Guardianship.objects.select_for_update().filter(pk=bond.pk).first()
    if locked is None:
        return
    if not may_end(locked, by=by):
        raise MayNotEnd
    _void_invitations(locked)
    locked.delete()


def _void_invitations(bond: Guardianship) -> None:
    """Whom this guardian invited comes in on their word, which is gone."""
    theirs = Invitation.objects.open().filter(
        student=bond.student_id, made_by=bond.guardian_id
    )
    theirs.update(taken_back_at=timezone.now())
