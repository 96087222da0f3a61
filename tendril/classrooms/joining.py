"""How students come into a class: by its code, or by a slip of their own."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from tendril.accounts.models import User
from tendril.classrooms import guesses, looking_after
from tendril.classrooms.models import Classroom, Enrolment, JoinCode

# Nothing that looks like something else, and no vowels: no code is a word.
SIGNS = "CDFHJKMNPRTVWXY34679"
CLASS_CODE_LENGTH = 6
SLIP_LENGTH = 8
CLASS_CODE_LASTS = timedelta(days=14)
# Slips are made before the holidays and handed out after them.
SLIP_LASTS = timedelta(days=90)
# So long after that a teacher still finds which of them were never used.
SLIP_KEPT = timedelta(days=30)


class Refused(Exception):
    """This person does not come in by this code."""


class UnknownCode(Refused):
    """No class has it, or not any more."""


class CodeExpired(Refused):
    """It was a class's code for too long."""


class SlipUsed(Refused):
    """Somebody came in by it already."""


class ClassEnded(Refused):
    """Its class is archived."""


class TooOften(Refused):
    """Somebody waits for so many seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__()
        self.wait = wait


class TooManyGuesses(TooOften):
    """This person was wrong so often that they wait, even with the right code."""


class TooManyReturns(TooOften):
    """This person has left this class and come back again and again."""


class TooManyJoined(TooOften):
    """So many joined this class by its code within an hour that others wait."""


def normalize(typed: str) -> str:
    """Capital letters and digits alone: not the dash, nor spaces."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def find(*, person: User, typed: str) -> JoinCode:
    """The code that lets this person in; for who is in already, that of any age."""
    if wait := guesses.wait_after_guesses(person):
        raise TooManyGuesses(wait)
    code = (
        JoinCode.objects.select_related("classroom")
        .filter(code=normalize(typed))
        .first()
    )
    if code is None:
        guesses.note_wrong_code(person)
        raise UnknownCode
    if code.classroom.archived_at:
        raise ClassEnded
    if not code.classroom.enrolments.filter(person=person).exists():
        _check(code, person)
    return code


def _check(code: JoinCode, person: User) -> None:
    if code.used_at:
        raise SlipUsed
    if code.has_expired:
        raise CodeExpired
    # A slip lets in one student once, however far it has gone.
    if code.is_slip:
        return
    if wait := guesses.wait_before_return(code.classroom, person):
        raise TooManyReturns(wait)
    if wait := guesses.wait_for_room(code.classroom):
        raise TooManyJoined(wait)


@transaction.atomic
def join(*, person: User, code: JoinCode) -> Enrolment:
    """Let a student in; who is in already stays as they are, and keeps their slip."""
    # Two who type the same slip at the same moment: one of them comes in.
    JoinCode.objects.select_for_update(no_key=True).filter(pk=code.pk).first()
    found = find(person=person, typed=code.code)
    seat, is_new = found.classroom.enrolments.get_or_create(person=person)
    if is_new:
        if person.managed_by_id:
            looking_after.hold_line(found.classroom)
            looking_after.take_over(found.classroom)
        if found.is_slip:
            found.used_at, found.used_by = timezone.now(), person
            found.save(update_fields=["used_at", "used_by"])
        else:
            guesses.note_joined(found.classroom, person)
    return seat


@transaction.atomic
def renew_code(classroom: Classroom, *, by: User) -> JoinCode:
    """Give the class another code; the one before lets nobody in any more."""
    code, _is_new = classroom.join_codes.update_or_create(
        is_slip=False,
        defaults={
            "code": _fresh_codes(1, CLASS_CODE_LENGTH)[0],
            "made_by": by,
            "made_at": timezone.now(),
            "expires_at": timezone.now() + CLASS_CODE_LASTS,
        },
    )
    return code


def switch_off(classroom: Classroom) -> None:
    classroom.join_codes.of_classes().delete()


@transaction.atomic
def make_slips(classroom: Classroom, names: Sequence[str], *, by: User) -> int:
    """Make a slip for each name, and say how many are new.

    A name that has a slip already gets no other, so sending a list twice makes it
    once; a name that stands there twice is two students.
    """
    Classroom.objects.select_for_update(no_key=True).get(pk=classroom.pk)
    valid = classroom.join_codes.slips().valid()
    missing = Counter(names) - Counter(valid.values_list("name", flat=True))
    new = list(missing.elements())
    now = timezone.now()
    JoinCode.objects.bulk_create(
        JoinCode(
            classroom=classroom,
            code=code,
            is_slip=True,
            name=name,
            made_by=by,
            made_at=now,
            expires_at=now + SLIP_LASTS,
        )
        for name, code in zip(new, _fresh_codes(len(new), SLIP_LENGTH), strict=True)
    )
    return len(new)


def void_slip(slip: JoinCode) -> None:
    slip.delete()


def drop_old_slips() -> None:
    """Nobody comes in by them any more, and each names a child."""
    unused = JoinCode.objects.slips().filter(used_at=None)
    unused.filter(expires_at__lt=timezone.now() - SLIP_KEPT).delete()


def _fresh_codes(count: int, length: int) -> list[str]:
    """Codes that nobody has, nor had as far as is known."""
    codes: set[str] = set()
    while len(codes) < count:
        drawn = {_draw(length) for _ in range(count - len(codes))}
        taken = JoinCode.objects.filter(code__in=drawn).values_list("code", flat=True)
        codes |= drawn - set(taken)
    return list(codes)


def _draw(length: int) -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(length))
