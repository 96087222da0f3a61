"""How often the tutor is right, counted over a file of cases."""

from __future__ import annotations

import math
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

from pydantic import ValidationError

from lessons.library import read_library
from lessons.passages import normalised
from tutor import extract, grounding, llm, writing
from tutor.cases import CASE, Case, ClaimCase, QuestionCase
from tutor.lesson_text import Passage
from tutor.proving import Asked
from tutor.receipts import OwnTexts

PERCENTILES = {"p50": 0.5, "p95": 0.95}
QUOTES = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")

# The texts that a question would get to see; none if it is not answered.
Mode = Callable[[str, Sequence[Passage]], Sequence[str]]
# Called if a case names a lesson.
Lessons = Callable[[], Mapping[str, Sequence[Passage]]]


Counts = dict[str, int]


def _none_accepted() -> Counts:
    return {"n": 0, "accepted": 0}


@dataclass
class Report:
    on_lesson: Counts = field(
        default_factory=lambda: {"n": 0, "answered": 0, "evidence": 0}
    )
    off_lesson: Counts = field(default_factory=lambda: {"n": 0, "answered": 0})
    supported: Counts = field(default_factory=_none_accepted)
    unsupported: Counts = field(default_factory=_none_accepted)
    by_tag: dict[str, Counts] = field(default_factory=dict)
    milliseconds: list[float] = field(default_factory=list)
    # By the number of the line, why it was left out.
    malformed: dict[int, str] = field(default_factory=dict)

    def percentile(self, share: float) -> float:
        """The time within which this share of the cases was done; 0 without cases."""
        times = sorted(self.milliseconds)
        return times[math.ceil(share * len(times)) - 1] if times else 0.0

    def as_json(self) -> dict[str, Any]:
        return {
            "questions": {"on_lesson": self.on_lesson, "off_lesson": self.off_lesson},
            "claims": {
                "supported": self.supported,
                "unsupported": self.unsupported,
                "by_tag": self.by_tag,
            },
            "latency_ms": {
                name: round(self.percentile(share), 3)
                for name, share in PERCENTILES.items()
            },
            "malformed": len(self.malformed),
        }


def extracted(question: str, passages: Sequence[Passage]) -> list[str]:
    return [passage.text for passage in extract.answer(question, passages).passages]


def modelled(question: str, passages: Sequence[Passage]) -> list[str]:
    """As `answering` does it: where no whole answer comes, the lesson's own words."""
    try:
        claims = list(writing.claims(Asked(question, passages), OwnTexts()))
    except (writing.Declined, llm.NotUsable, llm.TryAgain):
        claims = []
    return [claim.sentence for claim in claims] or extracted(question, passages)


# By the names that the command knows them by.
MODES: dict[str, Mode] = {"extract": extracted, "model": modelled}


def evaluate(lines: Iterable[bytes], mode: Mode, lessons: Lessons) -> Report:
    """Put every case to the functions that answer students; nothing is stored."""
    report = Report()
    for number, line in enumerate(lines, 1):
        text = line.removeprefix(BOM_UTF8).strip()
        if not text:
            continue
        try:
            case = CASE.validate_json(text)
            passages = _passages(case, lessons)
        except (ValidationError, LookupError) as wrong:
            report.malformed[number] = _reason(wrong)
            continue
        if isinstance(case, QuestionCase):
            _count_question(report, case, passages, mode)
        else:
            _count_claim(report, case, passages)
    return report


def lessons_in(folder: Path) -> dict[str, list[Passage]]:
    """The passages of the lessons in a folder, by slug, as loading makes them."""
    library, _problems = read_library(folder)
    return {
        slug: [
            Passage(passage.key, passage.text, laid.section.title)
            for laid in lesson.layouts
            for passage in laid.passages
        ]
        for slug, lesson in library.lessons.items()
    }


def _passages(case: Case, lessons: Lessons) -> Sequence[Passage]:
    if case.passages is not None:
        return [Passage(f"p-{n}", text) for n, text in enumerate(case.passages, 1)]
    found = lessons().get(case.lesson) if case.lesson else None
    if found is None:
        raise LookupError("passages: it has none, and names no lesson that is there")
    return found


def _reason(wrong: ValidationError | LookupError) -> str:
    if isinstance(wrong, LookupError):
        return str(wrong.args[0])
    error = wrong.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in error["loc"][1:])
    return f"{place}: {error['msg']}" if place else error["msg"]


def _count_question(
    report: Report, case: QuestionCase, passages: Sequence[Passage], mode: Mode
) -> None:
    start = perf_counter()
    shown = mode(case.question, passages)
    report.milliseconds.append(1000 * (perf_counter() - start))
    counts = report.on_lesson if case.on_lesson else report.off_lesson
    counts["n"] += 1
    counts["answered"] += bool(shown)
    if case.on_lesson:
        counts["evidence"] += _holds(shown, case.answers or [])


def _count_claim(report: Report, case: ClaimCase, passages: Sequence[Passage]) -> None:
    start = perf_counter()
    verdict = grounding.check(case.sentence, case.quote, passages, case.question)
    report.milliseconds.append(1000 * (perf_counter() - start))
    counted = [report.supported if case.supported else report.unsupported]
    if case.tag:
        counted.append(report.by_tag.setdefault(case.tag, _none_accepted()))
    for counts in counted:
        counts["n"] += 1
        counts["accepted"] += verdict.ok


def _holds(shown: Sequence[str], answers: Sequence[str]) -> bool:
    """Whether an answer stands there in whole words: "six" is not in "sixty"."""
    text = _plain(" ".join(shown))
    return any(
        re.search(rf"(?<!\w){re.escape(answer)}(?!\w)", text)
        for answer in map(_plain, answers)
        if answer
    )


def _plain(text: str) -> str:
    return normalised(text).translate(QUOTES)
