"""What is sent to the outside model and its moderation: each text, word for word."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from tutor.models import Exchange, Receipt


class Outside(Protocol):
    """Asked before each text leaves this server, and told what a call has cost."""

    def send(self, use: str, text: str) -> float:
        """Within how many seconds the call has to be over."""
        ...

    def count(self, tokens: int) -> None: ...


class OwnTexts:
    """For texts that are nobody's: those of the self-test, and cases in a file."""

    def send(self, use: str, text: str) -> float:
        """Nobody is owed a receipt, and nobody waits."""
        return math.inf

    def count(self, tokens: int) -> None:
        """No student has spent it."""


def keep(exchange: Exchange, use: str, text: str) -> None:
    now = timezone.now()
    Receipt.objects.create(
        exchange=exchange,
        provider=_receiver(use),
        use=use,
        text=text,
        sent_at=now,
        kept_until=now + timedelta(days=settings.TUTOR_KEEP_DAYS),
    )


def _receiver(use: str) -> str:
    """The provider by its name; a host of its own for the moderation by that."""
    model, moderation = (
        urlsplit(url).hostname or ""
        for url in (settings.TENDRIL_LLM_BASE_URL, settings.TENDRIL_MODERATION_BASE_URL)
    )
    is_elsewhere = use == "moderation" and moderation != model
    return moderation if is_elsewhere else settings.TENDRIL_LLM_PROVIDER
