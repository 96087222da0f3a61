"""Mails of the tutor that are sent while nobody waits.

Apart from `tutor.tasks`, which answers: what is told of a consent is queued where
the consent is kept, and answering asks for that.
"""

from __future__ import annotations

from celery import shared_task

from tendril.accounts import mail
from tutor import mails


@shared_task(**mail.TRIED_AGAIN)
def send_word(event_id: int, person_id: int) -> None:
    mails.send_word(event_id, person_id)


@shared_task(**mail.TRIED_AGAIN)
def send_link(student_id: int, guardian_id: int) -> None:
    mails.send_link(student_id, guardian_id)
