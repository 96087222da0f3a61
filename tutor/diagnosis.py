"""What of the tutor is set up, what is closed and why, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.utils import timezone

from tendril.accounts.models import User
from tutor import append_only, consent, flags, help_lines, llm, probing
from tutor.models import Exchange, Flag, Probe
from tutor.purposes import Purpose


class Level(StrEnum):
    GOOD = "good"
    # Works, and could be better.
    WARNING = "warning"
    # The tutor is closed until it is mended.
    ERROR = "error"


@dataclass(frozen=True)
class Finding:
    level: Level
    what: str
    todo: str = ""


def findings() -> list[Finding]:
    return [
        *_ledger(),
        *_contact(),
        *_probe(),
        *_model(),
        *_help_lines(),
        *_use(),
    ]


def _ledger() -> Iterator[Finding]:
    if append_only.unprotected():
        what = "Lines of the ledger of consent could be changed."
        yield Finding(Level.ERROR, what, "Run `manage.py migrate`.")
    else:
        yield Finding(Level.GOOD, "The ledger of consent can only grow.")


def _contact() -> Iterator[Finding]:
    named = settings.TUTOR_CONTACT
    if flags.contacts().exists():
        yield Finding(Level.GOOD, f"Danger is told to {named}.")
        waiting = Flag.objects.open().dangers().count()
        if waiting:
            what = f"{waiting} signs of danger are not taken care of."
            yield Finding(Level.WARNING, what, f"{named} finds them at /tutor/flags/.")
    elif named:
        what = f"Nobody here has the username {named}, to whom danger would be told."
        yield Finding(Level.ERROR, what, "Name an active account in TUTOR_CONTACT.")
    else:
        what = "Nobody is named to whom danger is told, so the tutor is closed."
        todo = "Set TUTOR_CONTACT to the username of your safeguarding contact."
        yield Finding(Level.ERROR, what, todo)


def _probe() -> Iterator[Finding]:
    last = Probe.objects.filter(purpose=Purpose.EMBEDDED).first()
    todo = "Start a worker and beat: they run the self-test every five minutes."
    if last is None:
        yield Finding(Level.ERROR, "The self-test has never run.", todo)
    elif last.checked_at < timezone.now() - probing.GOOD_FOR:
        what = f"The self-test has not run since {last.checked_at:%Y-%m-%d %H:%M} UTC."
        yield Finding(Level.ERROR, what, todo)
    elif not last.passed:
        what = f"The self-test failed: {'; '.join(last.failures[:3])}."
        yield Finding(Level.ERROR, what, "Put back the release that passed it.")
    else:
        yield Finding(Level.GOOD, "The self-test has passed.")


def _model() -> Iterator[Finding]:
    named = {name: getattr(settings, name) for name in llm.SETTINGS}
    missing = [name for name, value in named.items() if not value]
    last = Probe.objects.filter(purpose=Purpose.EXTERNAL).first()
    if len(missing) == len(named):
        yield Finding(Level.GOOD, "Answers are made on this server; no model is named.")
    elif missing:
        what = "An outside model is named in part, and so is not asked."
        yield Finding(Level.WARNING, what, f"Set {' and '.join(missing)}, too.")
    elif last is None or last.checked_at < timezone.now() - probing.GOOD_FOR:
        what = "The self-test of the outside model has not run, so it is not asked."
        yield Finding(Level.WARNING, what, "Start a worker and beat, or wait a moment.")
    elif not last.passed:
        what = f"The outside model is not asked: {'; '.join(last.failures[:3])}."
        todo = "See whether TENDRIL_MODERATION_MODEL and its address are right."
        yield Finding(Level.WARNING, what, todo)
    else:
        model, provider = settings.TENDRIL_LLM_MODEL, settings.TENDRIL_LLM_PROVIDER
        what = f"{model} of {provider} answers those whose consent allows it."
        yield Finding(Level.GOOD, what)


def _help_lines() -> Iterator[Finding]:
    for problem in help_lines.problems():
        yield Finding(Level.WARNING, problem, "See tutor/help_lines.yaml.")


def _use() -> Iterator[Finding]:
    if settings.TUTOR_PAUSED:
        what = "The site has paused the tutor."
        yield Finding(Level.WARNING, what, "Take TUTOR_PAUSED away to open it.")
    allowed = User.objects.filter(consent.in_force_for_any()).count()
    waiting = Exchange.objects.pending().count()
    what = f"{allowed} students may ask; {waiting} questions wait for an answer."
    yield Finding(Level.GOOD, what)
