"""What is done for quizzes while nobody waits."""

from __future__ import annotations

from celery import shared_task

from quizzes import (
    closing,
    digests,
    marking_again,
    reminders,
    review_again,
    working_out,
)
from quizzes.models import Correction
from tendril.accounts import mail


@shared_task
def mark_again(correction_id: int) -> None:
    corrections = Correction.objects.select_related("question", "made_by")
    marking_again.mark_again(corrections.get(pk=correction_id))


@shared_task
def sweep_marks() -> None:
    """Go on with corrections that stopped, and look for answers they missed."""
    for correction_id in marking_again.unfinished():
        mark_again.delay(correction_id)


@shared_task
def learn_forgotten() -> None:
    """Let come back what was missed before it could, as when its quiz was closed."""
    if review_again.learn_forgotten():
        # Others have a turn before the next of them.
        learn_forgotten.delay()


@shared_task
def close_overdue() -> None:
    """Hand in what ran out of time while its student was away."""
    closing.close_overdue()


@shared_task
def work_out_items(assignment_id: int) -> None:
    """Analyse an assignment's questions, where somebody asked to see it."""
    working_out.work_out(assignment_id)


@shared_task
def send_digests() -> None:
    """Once a week, each family's in a task of its own."""
    for person_id in digests.waiting():
        send_digest.delay(person_id)


@shared_task(**mail.TRIED_AGAIN)
def send_digest(person_id: int) -> None:
    digests.send(person_id)


@shared_task
def send_reminders() -> None:
    """At most once a day to each student, in a task of its own."""
    for person_id in reminders.waiting():
        send_reminder.delay(person_id)


@shared_task(**mail.TRIED_AGAIN)
def send_reminder(person_id: int) -> None:
    reminders.send(person_id)
