"""The analysis of an assignment's questions: gathered, computed, kept as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from quizzes import item_statistics as figures
from quizzes.item_options import Given, Option, options_of
from quizzes.item_sittings import Sitting, sittings_of
from quizzes.item_statistics import DIGITS, Estimate
from quizzes.models import Assignment, Question
from quizzes.recalls import Name, name_of

# Below it a figure says more of chance than of the question.
ENOUGH = 20


@dataclass(frozen=True)
class Choice:
    """An option, and who picked it."""

    text: str
    is_right: bool
    picked: int
    # Of all who were asked.
    share: float
    with_rest: Estimate | None


@dataclass(frozen=True)
class Item:
    """One question, through all the versions that were asked."""

    question: int
    key: str
    stem: str
    asked: int
    # Without all the points, whether answered or not.
    missed: int
    blank: int
    facility: Estimate | None
    discrimination: Estimate | None
    efficiency: Estimate | None
    weight: Estimate | None
    choices: Sequence[Choice]

    @property
    def is_too_few(self) -> bool:
        return self.asked < ENOUGH


@dataclass(frozen=True)
class Analysis:
    """All questions of an assignment, the hardest first."""

    attempts: int = 0
    most: float = 0
    mean: Estimate | None = None
    spread: float | None = None
    alpha: Estimate | None = None
    items: Sequence[Item] = ()

    @classmethod
    def kept(cls, content: dict[str, Any]) -> Self:
        """As `asdict` and JSON have left it."""
        items = [_item(row) for row in content["items"]]
        figures = {name: _estimate(content[name]) for name in ("mean", "alpha")}
        return cls(**content | figures | {"items": items})

    def of(self, question: Question) -> Item | None:
        return next((item for item in self.items if item.key == question.key), None)


def _item(row: dict[str, Any]) -> Item:
    names = ("facility", "discrimination", "efficiency", "weight")
    estimates = {name: _estimate(row[name]) for name in names}
    choices = [
        Choice(**choice | {"with_rest": _estimate(choice["with_rest"])})
        for choice in row["choices"]
    ]
    return Item(**row | estimates | {"choices": choices})


def _estimate(kept: Sequence[float] | None) -> Estimate | None:
    return None if kept is None else Estimate(*kept)


def analyse(assignment: Assignment) -> dict[str, Any]:
    """Of first attempts, and of all; as JSON, without a name in it."""
    sittings = sittings_of(assignment)
    first = {each.student: each for each in reversed(sittings)}
    return {
        "first": asdict(analysis_of(list(reversed(first.values())))),
        "all": asdict(analysis_of(sittings)),
    }


def analysis_of(sittings: Sequence[Sitting]) -> Analysis:
    newest = _newest(question for each in sittings for question in each.asked.values())
    names = sorted(newest, key=lambda name: (newest[name].position, name))
    points = {name: newest[name].points for name in names}
    marks = [
        {name: each.shares.get(name, 0.0) * points[name] for name in each.asked}
        for each in sittings
    ]
    # Weights and alpha compare totals, which needs all to be asked the same.
    whole = [[row[n] for n in names] for row in marks if len(row) == len(names)]
    weights = figures.effective_weights(whole) or [None] * len(names)
    items = [
        _item_of(newest[name], weight, sittings, marks, points)
        for name, weight in zip(names, weights, strict=True)
    ]
    totals = [sum(row) for row in whole]
    return Analysis(
        attempts=len(sittings),
        most=sum(points.values()),
        mean=figures.mean(totals),
        spread=figures.spread(totals),
        alpha=figures.alpha(whole),
        items=sorted(items, key=_hardest_first),
    )


def _newest(questions: Iterable[Question]) -> dict[Name, Question]:
    found: dict[Name, Question] = {}
    for question in questions:
        known = found.setdefault(name_of(question), question)
        if question.version > known.version:
            found[name_of(question)] = question
    return found


def _hardest_first(item: Item) -> float:
    return item.facility.value if item.facility else 1


def _item_of(
    question: Question,
    weight: Estimate | None,
    sittings: Sequence[Sitting],
    marks: Sequence[Mapping[Name, float]],
    points: Mapping[Name, int],
) -> Item:
    name = name_of(question)
    pairs = [
        (each, row) for each, row in zip(sittings, marks, strict=True) if name in row
    ]
    earned = [row[name] for _, row in pairs]
    rests = [_rest(row, name, points) for _, row in pairs]
    given = [Given(each.asked[name], each.answers.get(name, [])) for each, _ in pairs]
    return Item(
        question=question.pk,
        key=question.key,
        stem=question.stem,
        asked=len(pairs),
        missed=sum(mark < question.points for mark in earned),
        blank=sum(not each.answer for each in given),
        facility=figures.facility(earned, question.points),
        discrimination=figures.related(earned, rests),
        efficiency=figures.efficiency(earned, rests),
        weight=weight,
        choices=[_choice(option, rests) for option in options_of(given)],
    )


def _rest(row: Mapping[Name, float], name: Name, points: Mapping[Name, int]) -> float:
    """The share earned of all else that was asked."""
    most = sum(points[other] for other in row if other != name)
    earned = sum(mark for other, mark in row.items() if other != name)
    return round(earned / most, DIGITS) if most else 0.0


def _choice(option: Option, rests: Sequence[float]) -> Choice:
    picks = [float(pick) for pick in option.picks]
    picked = sum(option.picks)
    return Choice(
        text=option.text,
        is_right=option.is_right,
        picked=picked,
        share=picked / len(picks),
        with_rest=figures.related(picks, rests),
    )
