"""Answers of the outside model that were proven once, for the next who asks the same."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from lessons.passages import normalised
from tutor.models import CachedAnswer
from tutor.personal_details import Kind
from tutor.proving import Asked, Proven, holds_still

HERE = Path(__file__).parent
REMOVED = re.compile(rf"\[(?:{'|'.join(map(re.escape, Kind))})\]")


def find(asked: Asked, digest: str) -> list[Proven]:
    """What was shown, if all of it still holds; else nothing."""
    row = CachedAnswer.objects.filter(pk=_key(asked, digest)).first()
    if row is None or _is_personal(asked):
        return []
    claims = [
        Proven(**{**claim, "passages": tuple(claim["passages"])})
        for claim in row.claims
    ]
    return claims if all(holds_still(claim, asked) for claim in claims) else []


def keep(asked: Asked, digest: str, claims: Sequence[Proven]) -> None:
    """Keep an answer, unless the question told something of who asked it."""
    if claims and not _is_personal(asked):
        CachedAnswer.objects.update_or_create(
            pk=_key(asked, digest),
            defaults={
                "claims": [asdict(claim) for claim in claims],
                "made_at": timezone.now(),
            },
        )


def forget_old() -> None:
    oldest = timezone.now() - timedelta(days=settings.TUTOR_KEEP_DAYS)
    CachedAnswer.objects.filter(made_at__lt=oldest).delete()


def _is_personal(asked: Asked) -> bool:
    return bool(REMOVED.search(asked.question))


def _key(asked: Asked, digest: str) -> str:
    """Another for whatever could make the answer another one; nothing of a person."""
    parts = [
        digest,
        asked.language,
        normalised(asked.question),
        asked.kind,
        sorted(asked.about),
        settings.TENDRIL_LLM_PROVIDER,
        settings.TENDRIL_LLM_BASE_URL,
        settings.TENDRIL_LLM_MODEL,
        settings.TENDRIL_LLM_VERIFIER,
        settings.TENDRIL_MODERATION_BASE_URL,
        settings.TENDRIL_MODERATION_MODEL,
        _rules(),
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@cache
def _rules() -> str:
    """The prompt and every rule by their own text: no number that one could forget."""
    whole = hashlib.sha256()
    for path in sorted([*HERE.glob("*.py"), *HERE.glob("words/*.txt")]):
        whole.update(path.read_bytes())
    return whole.hexdigest()
