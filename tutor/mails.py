"""The mails about consent, as they are when they are sent."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from tendril.accounts import ages, mail, signed_links
from tendril.accounts.models import Guardianship, User
from tendril.accounts.sealing import unsealed
from tutor import consent_links, notices
from tutor.models import ConsentEvent, ConsentLink, Subject
from tutor.purposes import Purpose

Kind = ConsentEvent.Kind
TEMPLATES = {
    Kind.CONFIRMED: "tutor/mail/granted.txt",
    Kind.WITHDRAWN: "tutor/mail/withdrawn.txt",
    Kind.REMINDED: "tutor/mail/ends_soon.txt",
}


def readers(student: User, kind: str) -> QuerySet[User]:
    """Guardians who can be written to, or the student who is a guardian to themselves.

    That a child asks is told only to those who want mail about their children.
    """
    bonds = Guardianship.objects.filter(consent_links.bonds(), student=student)
    oneself = Q(ages.adults(), unsealed(), pk=student.pk, is_active=True)
    confirmed = Q(email_confirmed_at__isnull=False) & ~Q(email="")
    found = User.objects.filter(
        Q(pk__in=bonds.values("guardian")) | (oneself & confirmed)
    )
    return found.filter(wants_digest=True) if kind == Kind.REQUESTED else found


def send_word(event_id: int, person_id: int) -> None:
    """Write to one of them; nothing if another line has taken its place."""
    event = ConsentEvent.objects.filter(pk=event_id).first()
    subject = Subject.objects.filter(pk=event.student) if event else None
    known = subject.select_related("person").first() if subject else None
    if event is None or known is None or _is_answered(event):
        return
    person = readers(known.person, event.kind).filter(pk=person_id).first()
    if person is None:
        return
    if event.kind == Kind.REQUESTED:
        _send_question(known.person, person, is_asked=True)
        return
    context = _about(known.person, person) | {"event": event}
    mail.send(TEMPLATES[Kind(event.kind)], to=person.email, context=context)


def send_link(student_id: int, guardian_id: int) -> None:
    """The link that a guardian asked for; nothing if they are none any more."""
    bonds = Guardianship.objects.filter(consent_links.bonds(), student=student_id)
    bond = bonds.filter(guardian=guardian_id).select_related("student", "guardian")
    for each in bond:
        _send_question(each.student, each.guardian, is_asked=False)


def send_second(link: ConsentLink) -> None:
    """What makes a consent by mail one in force: the way back, in a second mail."""
    context = _about(link.student, link.guardian) | {
        "link": link,
        "end_link": consent_links.end_address(link),
    }
    mail.send("tutor/mail/confirmed.txt", to=link.email, context=context)


def _send_question(student: User, guardian: User, *, is_asked: bool) -> None:
    link, address = consent_links.make(student=student, guardian=guardian)
    context = _about(student, guardian) | {
        "is_asked": is_asked,
        "notice": notices.current(Purpose.EMBEDDED),
        "link": link,
        "address": address,
        "stop_link": signed_links.stop_link(guardian, "wants_digest"),
    }
    mail.send("tutor/mail/asked.txt", to=guardian.email, context=context)


def _is_answered(event: ConsentEvent) -> bool:
    """Nobody is asked for what an adult has decided meanwhile."""
    later = ConsentEvent.objects.about(event.student).filter(pk__gt=event.pk)
    since = later.filter(purpose=event.purpose)
    return event.kind == Kind.REQUESTED and since.exists()


def _about(student: User, person: User) -> dict[str, Any]:
    page = mail.address_of(reverse("tutor:family", args=[student.pk]))
    return {"person": person, "student": student, "page": page}
