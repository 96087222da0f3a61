"""The mail before something that a class gave is due."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from quizzes.assignments import assigned_to
from quizzes.class_work import work_of
from quizzes.standings import Standing
from tendril.accounts.models import User
from tendril.accounts.wanted_mail import WantedMail

AHEAD = timedelta(hours=24)

MAIL = WantedMail(
    "quizzes/mail/reminder.txt", wish="wants_reminders", sent_on="reminder_sent_on"
)


def waiting() -> list[int]:
    """Who wants to be reminded, and was not today."""
    return list(MAIL.waiting(timezone.localdate()).values_list("pk", flat=True))


def send(person_id: int) -> None:
    """Remind one student of all that is due soon, at most once a day."""
    today = timezone.localdate()
    person = MAIL.waiting(today).filter(pk=person_id).first()
    if person and (due := due_soon(person)):
        MAIL.send(person, {"due": due}, since=today)


def due_soon(student: User) -> list[Standing]:
    """What is not done, and not decided by a teacher, the next to end first."""
    until = timezone.now() + AHEAD
    due = [
        standing
        for standing in assigned_to(student)
        if not standing.is_done and _ends_before(standing, until)
    ]
    works = work_of([standing.assignment for standing in due], [student])
    return [
        standing
        for standing in due
        if not works[standing.assignment.pk, student.pk].is_decided
    ]


def _ends_before(standing: Standing, until: datetime) -> bool:
    ends_at = standing.allowance.ends_at
    return ends_at is not None and timezone.now() < ends_at <= until
