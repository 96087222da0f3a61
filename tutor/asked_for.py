"""Which children ask a grown-up for the tutor."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from tendril.accounts.models import User
from tendril.classrooms.access import wards_of
from tutor import consent
from tutor.models import ConsentEvent, Subject

Kind = ConsentEvent.Kind


@dataclass(frozen=True)
class Child:
    person: User
    is_asking: bool
    is_allowed: bool


def children_of(guardian: User) -> list[Child]:
    """The wards of a guardian, those who ask first."""
    children = wards_of(guardian).order_by(Lower("display_name"), "username")
    allowed = {child.pk for child in children.filter(consent.in_force_for_any())}
    asking = {child.pk for child in children.filter(_is_asking())} - allowed
    found = [
        Child(child, child.pk in asking, child.pk in allowed) for child in children
    ]
    return sorted(found, key=lambda child: not child.is_asking)


def _is_asking() -> Exists:
    """Nobody has answered since, whichever way."""
    answered = ConsentEvent.objects.filter(
        student=OuterRef("student"),
        purpose=OuterRef("purpose"),
        kind__in=[Kind.GRANTED, Kind.CONFIRMED, Kind.WITHDRAWN],
        pk__gt=OuterRef("pk"),
    )
    # Two queries deep: of the person in the outermost one.
    subjects = Subject.objects.filter(person=OuterRef(OuterRef("pk"))).values("pk")
    asked = ConsentEvent.objects.filter(kind=Kind.REQUESTED, student__in=subjects)
    return Exists(asked.filter(~Exists(answered)))
