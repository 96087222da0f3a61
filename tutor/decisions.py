"""What is decided about the tutor of one student, one purpose at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from tendril.accounts import mail
from tendril.accounts.models import User
from tutor import consent, notices
from tutor.methods import ADULT_SELF, GUARDIAN_ACCOUNT, Method
from tutor.models import ConsentEvent, Subject
from tutor.notices import Notice
from tutor.purposes import Purpose

Kind = ConsentEvent.Kind


@dataclass(frozen=True)
class Decision:
    purpose: str
    notice: Notice
    # Nothing, unless a consent is in force.
    until: datetime | None
    # The one who looks, with their password.
    may_grant: bool
    may_be_mailed: bool

    @property
    def title(self) -> str:
        return str(Purpose(self.purpose).label)

    @property
    def is_external(self) -> bool:
        return self.purpose == Purpose.EXTERNAL


def way_of(person: User, student: User) -> Method:
    """By which somebody who decides about a student does so, signed in."""
    return ADULT_SELF if person == student else GUARDIAN_ACCOUNT


def about(student: User, person: User) -> list[Decision]:
    """Of each purpose that the site offers, or that is allowed from before."""
    method = way_of(person, student)
    is_guardian = person != student
    found = []
    for purpose in Purpose.values:
        until = consent.until(student, purpose)
        if until is None and purpose not in notices.offered():
            continue
        is_embedded = purpose == Purpose.EMBEDDED
        may_be_mailed = is_guardian and is_embedded and mail.is_on()
        found.append(
            Decision(
                purpose=purpose,
                notice=notices.current(purpose),
                until=until,
                may_grant=method.allows(purpose),
                may_be_mailed=may_be_mailed and bool(person.confirmed_email),
            )
        )
    return found


def history(student: User) -> list[ConsentEvent]:
    """What the ledger says of a student, the latest first, each word once."""
    said = ConsentEvent.objects.filter(
        student__in=Subject.objects.filter(person=student).values("pk")
    )
    # With most methods one follows the other at once, and says no more.
    twice = Q(kind=Kind.GRANTED) & ~Q(method="email_plus")
    return list(said.exclude(twice).exclude(kind=Kind.REMINDED).order_by("-pk")[:20])
