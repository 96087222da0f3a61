"""What is done for the tutor while nobody waits."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from celery import shared_task
from celery.signals import worker_ready

from tutor import (
    answer_cache,
    answering,
    email_plus,
    llm,
    probing,
    renewal,
    retention,
    taking,
)


@shared_task(bind=True, acks_late=True, max_retries=2)
def answer(self: Any, exchange_id: str) -> None:
    """Have a question answered; from a busy model, after a moment or without it."""
    is_last = self.request.retries >= self.max_retries
    try:
        answering.answer(UUID(exchange_id), is_last=is_last)
    except llm.TryAgain as busy:
        raise self.retry(exc=busy, countdown=2**self.request.retries) from busy


@shared_task
def sweep() -> None:
    """Answer what a worker that died has left."""
    for exchange_id in taking.waiting_too_long():
        answer.delay(str(exchange_id))


@shared_task
def probe() -> None:
    probing.run()


@worker_ready.connect
def probe_at_start(**_signal: Any) -> None:
    """Not only five minutes later, when it is due for the first time."""
    probe.delay()


@shared_task
def forget() -> None:
    """Erase what has been kept for as long as the notice says."""
    retention.erase_old()
    answer_cache.forget_old()


@shared_task
def confirm_links() -> None:
    """Each by itself, so that a mail that is not taken keeps no other back."""
    for link_id in email_plus.due():
        confirm_link.delay(link_id)


# Not tried again by itself: the next round finds it.
@shared_task
def confirm_link(link_id: int) -> None:
    email_plus.confirm(link_id)


@shared_task
def remind_of_ends() -> None:
    renewal.remind()
