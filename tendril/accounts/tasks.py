"""What is done for accounts while nobody waits."""

from __future__ import annotations

from importlib import import_module

from celery import shared_task
from django.conf import settings

from tendril.accounts import exporting, letters, mail, tombstones


@shared_task
def clear_expired_sessions() -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


@shared_task
def erase_due() -> None:
    """Each by itself, so that one that fails keeps no other from being done."""
    for erasure_id in tombstones.due():
        erase.delay(erasure_id)


@shared_task
def erase(erasure_id: int) -> None:
    tombstones.finish(erasure_id)


@shared_task
def make_copy(export_id: str) -> None:
    exporting.make(export_id)


@shared_task
def drop_expired_copies() -> None:
    exporting.drop_expired()


@shared_task(**mail.TRIED_AGAIN)
def send_address_link(person_id: int) -> None:
    letters.send_address_link(person_id)


@shared_task(**mail.TRIED_AGAIN)
def send_invitation(invitation_id: int) -> None:
    letters.send_invitation(invitation_id)


@shared_task(**mail.TRIED_AGAIN)
def send_erasure_notice(erasure_id: int, guardianship_id: int) -> None:
    letters.send_erasure_notice(erasure_id, guardianship_id)
