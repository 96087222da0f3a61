"""What is done for classes while nobody waits."""

from __future__ import annotations

from celery import shared_task

from tendril.classrooms import joining, roster_writing


@shared_task
def forget_old_rosters() -> None:
    roster_writing.forget_old_lists()


@shared_task
def drop_old_slips() -> None:
    joining.drop_old_slips()
