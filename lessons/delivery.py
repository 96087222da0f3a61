"""The JSON in which a device hands over what happened on it."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from pydantic import BaseModel

MOST_EVENTS = 1000


class Unreadable(Exception):
    """The body is not the JSON that a device sends."""


class TooManyEvents(Exception):
    """More at once than are taken: the device can send them in parts."""


class Delivery(BaseModel):
    batch: UUID | None = None
    # Whom the device believes to be signed in; another tab may know better.
    reader: str | None = None
    events: list[Any]


def read(body: bytes | str) -> Delivery:
    """Raises Unreadable, or TooManyEvents."""
    try:
        # Not by pydantic: it refuses the whole for one broken character in an item.
        delivery = Delivery.model_validate(json.loads(body))
    except (ValueError, RecursionError) as exc:
        raise Unreadable from exc
    if len(delivery.events) > MOST_EVENTS:
        raise TooManyEvents
    return delivery
