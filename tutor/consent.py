"""Consent: what is added to the ledger, and what is in force by it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from tendril.accounts import ages
from tendril.accounts.models import Guardianship, User
from tutor import notices, retention, telling
from tutor.ledger import asked_at, grantor_of, hold, may_ask_again, subject_of, write
from tutor.methods import Method, available
from tutor.models import (
    ConsentEvent,
    ConsentEventQuerySet,
    Exchange,
    Subject,
)
from tutor.purposes import Purpose

Kind, Relationship = ConsentEvent.Kind, ConsentEvent.Relationship


class CannotConsent(Exception):
    """This way does not allow this purpose, or not by this person."""


@transaction.atomic
def request(*, student: User, purpose: str) -> None:
    """Note that the student asks a grown-up; again only once nobody has answered."""
    me = hold(student)
    if may_ask_again(asked_at(student, purpose)):
        asked = write(
            Kind.REQUESTED,
            student=student,
            by=student,
            purpose=purpose,
            grantor=me,
            relationship=Relationship.SELF,
            method="",
        )
        telling.tell(student, asked)


@transaction.atomic
def grant(
    *,
    student: User,
    by: User,
    purpose: str,
    method: Method,
    evidence: str = "",
    signed_by: User | None = None,
) -> None:
    """Add a consent, in force at once by most methods; renewing is granting again.

    It is the word of the guardian who signed, where somebody else notes it. Who may
    use a method is for views to find out by whom they fetch; what it may allow is
    checked here. Raises CannotConsent.
    """
    if method not in available() or not method.allows(purpose):
        raise CannotConsent
    if method.needs_evidence and not evidence.strip():
        raise CannotConsent
    now = timezone.now()
    relationship = Relationship.GUARDIAN if signed_by else method.relationship
    said: dict[str, Any] = {
        "student": student,
        "by": by,
        "purpose": purpose,
        "grantor": grantor_of(signed_by or by, relationship),
        "relationship": relationship,
        "method": method.name,
        "evidence": evidence.strip(),
        "happened_at": now,
        "expires_at": now + method.good_for,
    }
    write(Kind.GRANTED, **said)
    if not method.is_confirmed_later:
        telling.tell(student, write(Kind.CONFIRMED, **said))


@transaction.atomic
def withdraw(
    *,
    student: User,
    by: User,
    relationship: str,
    purposes: Collection[str] = Purpose.values,
) -> None:
    """End the consent to these purposes, at once; done twice it is still one word.

    A guardian's stands against every other adult's until the same one grants anew;
    the school's ends what was granted until now. What is being answered is dropped.
    """
    me, grantor = hold(student), grantor_of(by, relationship)
    for purpose in purposes:
        said = ConsentEvent.objects.about(me).filter(purpose=purpose)
        mine = said.filter(grantor=grantor).exclude(kind=Kind.REQUESTED).last()
        was_allowed = is_in_force(student, purpose)
        since = said.confirmed().filter(pk__gt=mine.pk) if mine else said
        if mine and mine.kind == Kind.WITHDRAWN and not since.exists():
            continue
        ended = write(
            Kind.WITHDRAWN,
            student=student,
            by=by,
            purpose=purpose,
            grantor=grantor,
            relationship=relationship,
            method="",
        )
        if was_allowed:
            telling.tell(student, ended)
    retention.drop(Exchange.objects.of(student).filter(purpose__in=purposes))


def in_force(purpose: str, now: datetime | None = None) -> Q:
    """Of people: a consent to this purpose holds, and no guardian's no stands."""
    now = now or timezone.now()
    words = _last_words_about_whoever_asks(purpose)
    refused = words.withdrawn().exclude(relationship=Relationship.SCHOOL)
    return Q(Exists(words.filter(_holds(purpose, now)))) & ~Q(
        Exists(refused.filter(_who_gave_it_answers_still(now)))
    )


def _last_words_about_whoever_asks(purpose: str) -> ConsentEventQuerySet:
    # Two queries deep: of the person in the outermost one.
    subjects = Subject.objects.filter(person=OuterRef(OuterRef("pk"))).values("pk")
    said = ConsentEvent.objects.filter(student__in=subjects, purpose=purpose)
    return said.latest_of_grantor()


def _holds(purpose: str, now: datetime) -> Q:
    """Of last words: not expired, to the notice as it is now, and never ended since.

    An end stays one when whoever said it has gone: nothing comes back by itself.
    """
    ended = ConsentEvent.objects.withdrawn().filter(
        student=OuterRef("student"), purpose=purpose, pk__gt=OuterRef("pk")
    )
    return (
        Q(kind=Kind.CONFIRMED, notice_hash=notices.current(purpose).hash)
        & Q(expires_at__gt=now)
        & _who_gave_it_answers_still(now)
        & Q(~Exists(ended))
    )


def _who_gave_it_answers_still(now: datetime) -> Q:
    """A guardian must be one now; a grown student is asked, and nobody else."""
    guardians = Guardianship.objects.verified().filter(
        guardian__consent_subject=OuterRef("grantor"),
        student__consent_subject=OuterRef("student"),
    )
    of_age = Subject.objects.filter(
        ages.adults("person__", now), pk=OuterRef("student")
    )
    return (
        (Q(relationship=Relationship.GUARDIAN) & Exists(guardians) & ~Exists(of_age))
        | (Q(relationship=Relationship.SCHOOL) & ~Exists(of_age))
        | (Q(relationship=Relationship.SELF) & Exists(of_age))
    )


def in_force_for_any() -> Q:
    return in_force(Purpose.EMBEDDED) | in_force(Purpose.EXTERNAL)


def consenting(purpose: str) -> QuerySet[User]:
    return User.objects.filter(in_force(purpose))


def is_in_force(student: User, purpose: str) -> bool:
    return consenting(purpose).filter(pk=student.pk).exists()


def until(student: User, purpose: str) -> datetime | None:
    """When what is in force ends by itself; nothing if nothing is."""
    if not is_in_force(student, purpose):
        return None
    said = ConsentEvent.objects.about(subject_of(student)).filter(purpose=purpose)
    holding = said.latest_of_grantor().filter(_holds(purpose, timezone.now()))
    ends: datetime | None = holding.aggregate(ends=Max("expires_at"))["ends"]
    return ends
