"""Consent by a link in a mail, in force with a second mail that has the way back."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tendril.accounts.models import User
from tendril.accounts.signed_links import LinkOver
from tutor import consent, consent_links, mail_tasks, mails, telling
from tutor.ledger import hold, subject_of, write
from tutor.methods import EMAIL_PLUS, Relationship
from tutor.models import ConsentEvent, ConsentLink
from tutor.queueing import queue

Kind = ConsentEvent.Kind
# What a confirming line says as the one that it confirms.
AS_GRANTED = (
    "grantor",
    "relationship",
    "method",
    "provider",
    "notice_version",
    "notice_hash",
    "expires_at",
)
# A worker that dies between the second mail and the ledger leaves it to another.
TRIED_AGAIN_AFTER = timedelta(minutes=10)


@transaction.atomic
def ask(*, student: User, guardian: User) -> None:
    """Queue a mail with a link to a guardian who asks for one."""
    queue(mail_tasks.send_link, student.pk, guardian.pk)


@transaction.atomic
def use(link: ConsentLink) -> None:
    """Say yes by the link, once; nothing is in force before the second mail."""
    locked = ConsentLink.objects.select_for_update().get(pk=link.pk)
    if not consent_links.is_open(locked):
        raise LinkOver
    consent.grant(
        student=link.student,
        by=link.guardian,
        purpose=link.purpose,
        method=EMAIL_PLUS,
    )
    locked.used_at = timezone.now()
    locked.confirms_at = locked.used_at + timedelta(
        minutes=settings.TUTOR_CONFIRM_AFTER
    )
    locked.save(update_fields=["used_at", "confirms_at"])


def due() -> list[int]:
    return list(ConsentLink.objects.to_confirm().values_list("pk", flat=True))


def confirm(link_id: int) -> None:
    """Send the second mail, and only then put the consent in force; once.

    Nothing is sent if it was taken back meanwhile, or the guardian is none any more.
    """
    waiting = ConsentLink.objects.to_confirm().filter(pk=link_id)
    link = waiting.select_related("student", "guardian").first()
    # Taken before the mail is sent, so that two workers do not both send it.
    again_at = timezone.now() + TRIED_AGAIN_AFTER
    if link is None or not waiting.update(confirms_at=again_at):
        return
    if consent_links.is_bound(link) and _granted(link):
        mails.send_second(link)
        _put_in_force(link)
    else:
        _forget(link)


def withdraw(link: ConsentLink) -> None:
    consent.withdraw(
        student=link.student, by=link.guardian, relationship=Relationship.GUARDIAN
    )


def _granted(link: ConsentLink) -> ConsentEvent | None:
    """What waits for the second mail; nothing if the guardian said otherwise since."""
    said = ConsentEvent.objects.about(subject_of(link.student))
    theirs = said.filter(purpose=link.purpose, grantor=subject_of(link.guardian))
    last = theirs.exclude(kind__in=[Kind.REQUESTED, Kind.REMINDED]).last()
    return last if last and last.kind == Kind.GRANTED else None


@transaction.atomic
def _put_in_force(link: ConsentLink) -> None:
    hold(link.student)
    granted = _granted(link)
    if granted is None:
        _forget(link)
        return
    as_granted = {name: getattr(granted, name) for name in AS_GRANTED}
    said = write(
        Kind.CONFIRMED,
        student=link.student,
        by=link.guardian,
        purpose=link.purpose,
        **as_granted,
    )
    telling.tell(link.student, said, but=link.guardian)
    ConsentLink.objects.filter(pk=link.pk).update(
        confirms_at=None, confirmed_at=timezone.now()
    )


def _forget(link: ConsentLink) -> None:
    """Nothing waits for a second mail any more."""
    ConsentLink.objects.filter(pk=link.pk).update(confirms_at=None)
