"""Who gets a mail about a consent, once what happened is kept."""

from __future__ import annotations

from tendril.accounts import mail
from tendril.accounts.models import User
from tutor import mail_tasks, mails
from tutor.models import ConsentEvent
from tutor.queueing import queue


def tell(student: User, event: ConsentEvent, *, but: User | None = None) -> None:
    """Queue a mail to each of those concerned, but for one who got another."""
    if not mail.is_on():
        return
    for person in mails.readers(student, event.kind):
        if person != but:
            queue(mail_tasks.send_word, event.pk, person.pk)
