"""Consents that end soon: those concerned are told in time to renew them."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from tutor import consent, telling
from tutor.ledger import hold, write
from tutor.models import ConsentEvent, ConsentEventQuerySet, Subject

Kind = ConsentEvent.Kind
SOON = timedelta(days=14)


def remind() -> None:
    """Tell of each consent that ends within two weeks, once."""
    for event_id in _ending().values_list("pk", flat=True):
        _remind_of(event_id)


def _ending() -> ConsentEventQuerySet:
    told = ConsentEvent.objects.filter(
        kind=Kind.REMINDED,
        student=OuterRef("student"),
        purpose=OuterRef("purpose"),
        grantor=OuterRef("grantor"),
        pk__gt=OuterRef("pk"),
    )
    last = ConsentEvent.objects.latest_of_grantor().confirmed()
    now = timezone.now()
    return last.filter(~Exists(told), expires_at__gt=now, expires_at__lte=now + SOON)


@transaction.atomic
def _remind_of(event_id: int) -> None:
    """Not if another consent holds for longer, or none holds at all."""
    ends = ConsentEvent.objects.get(pk=event_id)
    subject = Subject.objects.filter(pk=ends.student).select_related("person").first()
    if subject is None:
        return
    student = subject.person
    hold(student)
    until = consent.until(student, ends.purpose)
    if until == ends.expires_at and _ending().filter(pk=event_id).exists():
        told = write(
            Kind.REMINDED,
            student=student,
            by=student,
            purpose=ends.purpose,
            grantor=ends.grantor,
            relationship=ends.relationship,
            method=ends.method,
            expires_at=ends.expires_at,
        )
        telling.tell(student, told)
