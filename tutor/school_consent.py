"""What a school says of consent for a class: signed forms, and its own word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from tendril.accounts import ages
from tendril.accounts.models import User
from tendril.classrooms.models import Classroom, Enrolment
from tutor import consent, notices, renewal
from tutor.ledger import THE_SCHOOL
from tutor.methods import IN_PERSON, SCHOOL, Method, Relationship
from tutor.models import ConsentEvent, Subject
from tutor.purposes import Purpose

Kind = ConsentEvent.Kind


class MayNotRecord(Exception):
    """Forms are recorded by those whom staff named as teachers."""


@dataclass(frozen=True)
class Row:
    """A student of the class; why one may not ask is nobody's business here."""

    student: User
    # In words, of what is in force; empty while nothing is.
    allowed: Sequence[str]
    # Forms and what the school itself has said, all of which it can take back.
    said_by_school: Sequence[ConsentEvent]


def students_of(classroom: Classroom) -> QuerySet[User]:
    """Children who sit in it now: who is grown up is asked alone."""
    seats = Enrolment.objects.students().filter(classroom=classroom)
    children = User.objects.filter(ages.children(), is_active=True)
    return children.filter(pk__in=seats.values("person"))


def may_record(person: User) -> bool:
    return person.may_teach


def in_class(classroom: Classroom) -> list[Row]:
    """Who of a class may ask, by name; the same few queries however many sit there."""
    seats = Enrolment.objects.students().filter(classroom=classroom).by_name()
    people = [seat.person for seat in seats]
    labels = {
        purpose.label: {
            person.pk
            for person in consent.consenting(purpose).filter(pk__in=_pks(people))
        }
        for purpose in Purpose
    }
    said = _said_by_school(people)
    return [
        Row(
            person,
            [str(label) for label, allowed in labels.items() if person.pk in allowed],
            said.get(person.pk, []),
        )
        for person in people
    ]


def _pks(people: Sequence[User]) -> list[int]:
    return [person.pk for person in people]


def _said_by_school(people: Sequence[User]) -> Mapping[int, list[ConsentEvent]]:
    subjects = Subject.objects.filter(person__in=_pks(people))
    known = dict(subjects.values_list("pk", "person"))
    noted = Q(grantor=THE_SCHOOL) | Q(method=IN_PERSON.name)
    taken_back = ConsentEvent.objects.withdrawn().filter(
        student=OuterRef("student"),
        purpose=OuterRef("purpose"),
        grantor=THE_SCHOOL,
        pk__gt=OuterRef("pk"),
    )
    last = ConsentEvent.objects.filter(noted, ~Exists(taken_back), student__in=known)
    found: dict[int, list[ConsentEvent]] = defaultdict(list)
    for event in last.latest_of_grantor().confirmed():
        found[known[event.student]].append(event)
    return found


@transaction.atomic
def record_form(
    *,
    student: User,
    by: User,
    purposes: Collection[str],
    reference: str,
    signed_by: User | None = None,
) -> list[str]:
    """Note a form; ``by`` teaches a class of the student. What it allows in vain.

    It is the word of the guardian who signed it, and takes the place of what the same
    one said before. Of a guardian without an account it is the school's.
    """
    _record(IN_PERSON, student, by, purposes, reference, signed_by)
    return [each for each in purposes if not consent.is_in_force(student, each)]


@transaction.atomic
def allow_class(classroom: Classroom, *, by: User) -> int:
    """The school's own word for those of a class about whom it has none; how many.

    Whose form was taken back stays without: that is for a new form alone.
    """
    silent = students_of(classroom).exclude(pk__in=_spoken_for().values("person"))
    for student in silent:
        _record(SCHOOL, student, by, [Purpose.EMBEDDED])
    return len(silent)


def _spoken_for() -> QuerySet[Subject]:
    said = ConsentEvent.objects.filter(grantor=THE_SCHOOL, purpose=Purpose.EMBEDDED)
    holds = Q(
        expires_at__gt=timezone.now() + renewal.SOON,
        notice_hash=notices.current(Purpose.EMBEDDED).hash,
    )
    settled = said.latest_of_grantor().filter(Q(kind=Kind.WITHDRAWN) | holds)
    return Subject.objects.filter(pk__in=settled.values("student"))


def take_back(*, student: User, by: User) -> None:
    """A form was taken back, or the school's word is; it ends at once."""
    if not may_record(by):
        raise MayNotRecord
    consent.withdraw(student=student, by=by, relationship=Relationship.SCHOOL)


def may_allow_class() -> bool:
    return bool(settings.TUTOR_SCHOOL_CONSENT)


def _record(
    method: Method,
    student: User,
    by: User,
    purposes: Collection[str],
    reference: str = "",
    signed_by: User | None = None,
) -> None:
    if not may_record(by):
        raise MayNotRecord
    for purpose in purposes:
        consent.grant(
            student=student,
            by=by,
            purpose=purpose,
            method=method,
            evidence=reference,
            signed_by=signed_by,
        )
