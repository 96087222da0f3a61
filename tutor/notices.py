"""What adults are told before they consent: one text for each version."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from tutor import llm
from tutor.purposes import Purpose

FOLDER = Path(__file__).parent / "notices"


@dataclass(frozen=True)
class Part:
    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Notice:
    """A text in Markdown; its hash stands in the ledger beside each consent."""

    purpose: str
    version: str
    text: str
    # Who receives the words, by name; empty where they stay here.
    provider: str = ""

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def parts(self) -> list[Part]:
        """What stands under each ``##``, by paragraphs."""
        parts = []
        for part in self.text.split("\n## ")[1:]:
            title, *paragraphs = part.strip().split("\n\n")
            texts = (" ".join(text.split()) for text in paragraphs)
            parts.append(Part(title, tuple(texts)))
        return parts


def current(purpose: str, language: str = "en") -> Notice:
    """The newest version, with what this site has set for it.

    Files are named ``<purpose>.<version>.<language>.md``.
    """
    version, text = _newest(purpose, language)
    receiver = provider() if purpose == Purpose.EXTERNAL else ""
    text = text.replace("{retention_days}", str(settings.TUTOR_KEEP_DAYS))
    return Notice(purpose, version, text.replace("{provider}", receiver), receiver)


def provider() -> str:
    """Who receives a question, as families read it; empty without an outside model.

    What checks the words may be somebody else's than the model that answers.
    """
    if not llm.is_set_up():
        return ""
    checks = urlsplit(settings.TENDRIL_MODERATION_BASE_URL)
    answers = urlsplit(settings.TENDRIL_LLM_BASE_URL)
    others = [checks.hostname] if checks.hostname != answers.hostname else []
    names = filter(None, [settings.TENDRIL_LLM_PROVIDER, *others])
    return ", ".join(names)


def offered() -> list[str]:
    """The purposes for which this site can ask for consent."""
    return Purpose.values if provider() else [Purpose.EMBEDDED]


@cache
def _newest(purpose: str, language: str) -> tuple[str, str]:
    path = max(FOLDER.glob(f"{purpose}.*.{language}.md"))
    _purpose, version, *_rest = path.name.split(".")
    return version, path.read_text(encoding="utf-8")
