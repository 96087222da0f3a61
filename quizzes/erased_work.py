"""What erasing a person leaves of their work in quizzes: numbers, or nothing."""

from __future__ import annotations

from django.conf import settings

from quizzes.models import (
    Attempt,
    AttemptQuerySet,
    Dispute,
    ItemReport,
    MarkChange,
    Response,
)
from tendril.accounts.models import User


def kept_of(person: User) -> AttemptQuerySet:
    """Sittings whose marks stay as numbers, if the school must keep them.

    Only what was handed in for a class: what somebody practised is nobody's.
    """
    if not settings.KEEP_MARKS:
        return Attempt.objects.none()
    return Attempt.objects.filter(
        student=person, assignment__isnull=False, handed_in_at__isnull=False
    )


def drop_reports(person: User) -> None:
    """Drop what was computed with their words in it; it is computed again when asked.

    Before the sittings go, which tell where that is.
    """
    theirs = person.attempts.filter(assignment__isnull=False)
    ItemReport.objects.filter(assignment__in=theirs.values("assignment")).delete()


def drop_disputes(person: User) -> None:
    Dispute.objects.filter(response__attempt__student=person).delete()


def drop_mark_changes(person: User) -> None:
    """Drop all: each tells who gave the answer that a key took in, and which stays."""
    MarkChange.objects.filter(response__attempt__student=person).delete()


def blank_responses(person: User) -> None:
    """Leave the points of what stays, and nothing of what was answered."""
    theirs = Response.objects.of(person)
    theirs.exclude(attempt__in=kept_of(person)).delete()
    theirs.update(
        answer=[], readable_answer="", history=[], with_hint=False, with_help=False
    )


def drop_attempts(person: User) -> None:
    kept = kept_of(person)
    person.attempts.exclude(pk__in=kept.values("pk")).delete()
    kept.update(hinted={}, batch=None)


def blank_overrides(person: User) -> None:
    if settings.KEEP_MARKS:
        person.overrides.update(reason="")
    else:
        person.overrides.all().delete()
