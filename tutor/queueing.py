"""Queueing what is to be done about rows, once they are kept."""

from __future__ import annotations

from functools import partial, update_wrapper
from typing import Any

from django.db import transaction


def queue(task: Any, *ids: object) -> None:
    """Where no queue takes it, the rows are kept all the same, and nothing fails."""
    # Django logs a failure by the name of what failed, which a partial has not.
    queued = update_wrapper(partial(task.delay, *ids), task.delay)
    transaction.on_commit(queued, robust=True)
