"""The ledger of consent: lines are added to it, about ids that name nobody."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.utils import timezone

from tendril.accounts.models import User
from tutor import consent_links, notices
from tutor.models import ConsentEvent, Subject

# One site is one school: whichever teacher speaks for it, it is the same one's word.
THE_SCHOOL = uuid.UUID(int=0)


def subject_of(person: User) -> uuid.UUID:
    return Subject.objects.get_or_create(person=person)[0].pk


def hold(student: User) -> uuid.UUID:
    """Let nobody else write about this student before the transaction ends."""
    subject = subject_of(student)
    return Subject.objects.select_for_update().get(pk=subject).pk


def grantor_of(by: User, relationship: str) -> uuid.UUID:
    is_school = relationship == ConsentEvent.Relationship.SCHOOL
    return THE_SCHOOL if is_school else subject_of(by)


def asked_at(student: User, purpose: str) -> datetime | None:
    """When the student asked a grown-up, unless one has said something since."""
    subjects = Subject.objects.filter(person=student).values("pk")
    said = ConsentEvent.objects.filter(student__in=subjects, purpose=purpose)
    last = said.last()
    asked = ConsentEvent.Kind.REQUESTED
    return last.happened_at if last and last.kind == asked else None


def may_ask_again(asked_at: datetime | None) -> bool:
    """Not while the link that was mailed for it is still good."""
    return asked_at is None or asked_at + consent_links.GOOD_FOR <= timezone.now()


def write(
    kind: str, *, student: User, by: User, purpose: str, **more: Any
) -> ConsentEvent:
    """Add a line; what the caller does not say of the notice is as it is now."""
    notice = notices.current(purpose)
    said: dict[str, Any] = {
        "kind": kind,
        "purpose": purpose,
        "student": subject_of(student),
        "actor": subject_of(by),
        "provider": notice.provider,
        "notice_version": notice.version,
        "notice_hash": notice.hash,
        **more,
    }
    return ConsentEvent.objects.create(**said)
