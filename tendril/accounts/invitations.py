"""Codes that link an adult to a student: who made one says what it is worth."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tendril.accounts import emails, guardians, tasks, vouching
from tendril.accounts.codes import as_typed, new_code
from tendril.accounts.models import Guardianship, Invitation, User

GOOD_FOR = timedelta(days=14)
# Ten signs are 45 bits, and guessing is slowed. Nobody types what is in a mail.
PRINTED, MAILED = 10, 40
# Mail to strangers in a child's name is not for sending at will.
MOST_BY_EMAIL = 5


class CodeRefused(Exception):
    """It links nobody; the classes below say why."""


class CodeUnknown(CodeRefused):
    """Nobody made such a code."""


class CodeUsed(CodeRefused):
    """Somebody was linked by it already."""


class CodeOver(CodeRefused):
    """Its days are over, or its student is a child no more.

    Or whoever made it may not say any more who the student's guardians are.
    """


class CodeTakenBack(CodeRefused):
    """Whoever made it, or the school, wants it to link nobody any more."""


class LetterTakenBack(CodeTakenBack):
    """So it is with a letter of the school."""


class CodeOfOneself(CodeRefused):
    """Nobody is the guardian of themselves."""


class CodeOfMaker(CodeRefused):
    """Nobody is linked on their own word."""


class CodeForAdults(CodeRefused):
    """Guardians are adults, by what their account says."""


class LinkBarred(CodeRefused):
    """The school has said that these two are not to be linked."""


class TooManyInvitations(Exception):
    """Enough are waiting to be opened already."""


class NoChild(Exception):
    """Nobody is the guardian of a grown-up."""


def make_letter(*, student: User, by: User) -> Invitation:
    """A code to be printed; the caller has seen to it that ``by`` is the school."""
    return _make(student, by, Invitation.Kind.SCHOOL)


@transaction.atomic
def make_child_code(student: User) -> Invitation:
    """A code from the child; it takes the place of the one before."""
    _open_codes_of(student).update(expires_at=timezone.now())
    return _make(student, student, Invitation.Kind.CHILD)


def child_code_of(student: User) -> Invitation | None:
    return _open_codes_of(student).first()


@transaction.atomic
def invite(*, student: User, by: User, address: str) -> Invitation:
    """Write to an adult; ``by`` is the school or a verified guardian."""
    # Locked, so that two at once cannot both be the last that is allowed.
    student = User.objects.select_for_update().get(pk=student.pk)
    mailed = Invitation.objects.open().filter(kind=Invitation.Kind.EMAIL)
    if len(vouching.holding(mailed.filter(student=student))) >= MOST_BY_EMAIL:
        raise TooManyInvitations
    invitation = _make(student, by, Invitation.Kind.EMAIL, email=address)
    tasks.send_invitation.delay_on_commit(invitation.pk)
    return invitation


def take_back(invitation: Invitation) -> bool:
    """Let it link nobody any more; whether it was open until now."""
    still_open = Invitation.objects.open().filter(pk=invitation.pk)
    return bool(still_open.update(taken_back_at=timezone.now()))


def find(*, code: str, person: User) -> Invitation:
    """The invitation that would link this person; raises a CodeRefused."""
    known = Invitation.objects.select_related("student", "made_by")
    invitation = known.filter(code=as_typed(code)).first()
    if invitation is None:
        raise CodeUnknown
    _check(invitation, person)
    return invitation


@transaction.atomic
def use(*, code: str, person: User) -> Guardianship:
    """Link this person; on the word of the school or of a guardian, verify them.

    A code from the child says nothing about who the other person is, so that
    the bond waits. Sent twice by the same person it changes nothing.
    """
    invitation = find(code=code, person=person)
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    _check(locked, person)
    bond, _is_new = Guardianship.objects.select_for_update().get_or_create(
        guardian=person, student=invitation.student, defaults={"verified_at": None}
    )
    if locked.used_at:
        return bond
    locked.used_at, locked.used_by = timezone.now(), person
    locked.save(update_fields=["used_at", "used_by"])
    if locked.kind != Invitation.Kind.CHILD:
        guardians.verify(Guardianship.objects.filter(pk=bond.pk), by=invitation.made_by)
    if locked.kind == Invitation.Kind.EMAIL and not person.email:
        # It was received there, which is all that a link of its own would show.
        emails.take(person, locked.email)
    bond.refresh_from_db()
    return bond


def _make(student: User, by: User, kind: str, email: str = "") -> Invitation:
    if student.is_adult:
        raise NoChild
    length = MAILED if kind == Invitation.Kind.EMAIL else PRINTED
    return Invitation.objects.create(
        kind=kind,
        student=student,
        made_by=by,
        email=email,
        code=new_code(length),
        expires_at=timezone.now() + GOOD_FOR,
    )


def _open_codes_of(student: User) -> QuerySet[Invitation]:
    return Invitation.objects.open().filter(kind=Invitation.Kind.CHILD, student=student)


def _check(invitation: Invitation, person: User) -> None:
    _check_word(invitation, person)
    bond = Guardianship.objects.filter(guardian=person, student=invitation.student)
    if invitation.student.sealed_at:
        # Of who is to be erased nothing is shown, not even their name.
        raise CodeOver
    if bond.filter(barred_at__isnull=False).exists():
        raise LinkBarred
    if invitation.used_at:
        # Whoever used it, and is linked still, is led on.
        if invitation.used_by_id != person.pk or not bond.exists():
            raise CodeUsed
    elif invitation.taken_back_at:
        is_letter = invitation.kind == Invitation.Kind.SCHOOL
        raise LetterTakenBack if is_letter else CodeTakenBack
    elif _is_over(invitation):
        raise CodeOver
    if not person.is_adult:
        raise CodeForAdults


def _check_word(invitation: Invitation, person: User) -> None:
    """Whether it is another person's word about a third one."""
    if invitation.student_id == person.pk:
        raise CodeOfOneself
    if invitation.made_by_id == person.pk:
        raise CodeOfMaker


def _is_over(invitation: Invitation) -> bool:
    is_late = invitation.is_over or invitation.student.is_adult
    return is_late or not vouching.holds(invitation)
