"""The self-test that shows the safety rules work; without it the gate is closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml
from django.db.models import Exists, OuterRef
from django.utils import timezone

from tutor import danger, extract, llm, moderation, personal_details
from tutor.lesson_text import Passage
from tutor.models import Probe
from tutor.moderation import Word
from tutor.purposes import Purpose
from tutor.receipts import OwnTexts

TEXTS = Path(__file__).parent / "probe.yaml"
# Beat runs it every five minutes: two may be missed.
GOOD_FOR = dt.timedelta(minutes=15)
# What a moderation may find a text to be, by what it is.
RIGHT = {Word.FLAGGED: (Word.FLAGGED, Word.DANGER), Word.FINE: (Word.FINE,)}


def is_proven(purpose: str, now: dt.datetime) -> Exists:
    """Whether the newest run for this purpose passed, and is not too old."""
    runs = Probe.objects.filter(purpose=purpose)
    newer = runs.filter(checked_at__gt=OuterRef("checked_at"))
    passed = runs.filter(passed=True, checked_at__gt=now - GOOD_FOR)
    return Exists(passed.filter(~Exists(newer)))


def run() -> None:
    """Try the rules on texts of which it is known what must happen, and keep it.

    For answers of an outside model its moderation is tried as well, and must get
    every text right: one that is off, too late or says always the same closes it.
    """
    failures = list(_failures())
    _keep(Purpose.EMBEDDED, failures)
    if llm.is_set_up():
        _keep(Purpose.EXTERNAL, [*failures, *_failures_of_moderation()])
    old = timezone.now() - dt.timedelta(days=7)
    Probe.objects.filter(checked_at__lt=old).delete()


def _keep(purpose: str, failures: list[str]) -> None:
    Probe.objects.create(purpose=purpose, passed=not failures, failures=failures)


@cache
def _texts() -> dict[str, list[str]]:
    texts: dict[str, list[str]] = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    return texts


def _failures() -> Iterator[str]:
    """Names of texts, never the texts: failures are read by those who run the site."""
    for number, text in enumerate(_texts()["danger"], 1):
        if danger.noticed(text) is None:
            yield f"danger {number} was not noticed"
    for number, text in enumerate(_texts()["harmless"], 1):
        if danger.noticed(text) is not None:
            yield f"harmless {number} was taken for danger"
    for number, text in enumerate(_texts()["personal"], 1):
        if not personal_details.removed(text, personal_details.Known()).found:
            yield f"personal {number} was not removed"
    yield from _failures_of_answers()


def _failures_of_moderation() -> Iterator[str]:
    """Up to the first text on which nothing sensible comes: the rest would be late."""
    for wanted, right in RIGHT.items():
        for number, text in enumerate(_texts()[f"moderation-{wanted}"], 1):
            word = moderation.word_on(text, OwnTexts())
            if word not in right:
                yield f"moderation found {wanted} text {number} to be {word}"
            if word is Word.UNSURE:
                return


def _failures_of_answers() -> Iterator[str]:
    """Nothing but sentences of the lesson may come out, and those that answer."""
    lesson = [Passage(f"p-{n}", text) for n, text in enumerate(_texts()["lesson"])]
    for number, question in enumerate(_texts()["answered"], 1):
        shown = extract.answer(question, lesson).passages
        if not shown or not set(shown) <= set(lesson):
            yield f"question {number} was not answered from the lesson"
    for number, question in enumerate(_texts()["unanswered"], 1):
        if extract.answer(question, lesson).passages:
            yield f"question {number} is not for this lesson and was answered"
