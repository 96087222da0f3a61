"""What pages show of the figures of a question: whole percents, and words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from quizzes.item_analysis import Analysis, Choice, Item
from quizzes.item_findings import finding
from quizzes.item_statistics import Estimate

LABELS = {
    "facility": (_("Facility"), _("the share of its points that was earned")),
    "discrimination": (
        _("Discrimination"),
        _("how far those who do well on the rest do well here, from -100 to 100"),
    ),
    "efficiency": (
        _("Discriminative efficiency"),
        _("the same, against the most that these marks allow"),
    ),
    "weight": (
        _("Effective weight"),
        _("how much of the difference between totals comes from it"),
    ),
}


@dataclass(frozen=True)
class Percents:
    """An estimate in whole percents; all None where nothing can be said."""

    value: int | None = None
    low: int | None = None
    high: int | None = None

    @classmethod
    def of(cls, estimate: Estimate | None) -> Percents:
        if estimate is None:
            return cls()
        return cls(*(None if x is None else round(x * 100) for x in estimate))


@dataclass(frozen=True)
class Figure:
    label: Promise | str
    about: Promise | str
    percents: Percents


class ChoiceRow:
    def __init__(self, choice: Choice) -> None:
        self.choice = choice
        self.percent = round(choice.share * 100)
        self.with_rest = Percents.of(choice.with_rest)


class ItemRow:
    def __init__(self, item: Item, passage: str = "") -> None:
        self.item = item
        # The key of where the lesson settles it.
        self.passage = passage
        self.finding = finding(item)
        self.facility = Percents.of(item.facility)
        self.choices = [ChoiceRow(choice) for choice in item.choices]

    @property
    def rest(self) -> list[tuple[Promise | str, int, int]]:
        """What has no row of its own: what it is, how many, and in percent."""
        item = self.item
        listed = sum(choice.picked for choice in item.choices)
        counts = {
            _("Other answers, each given by few"): item.asked - item.blank - listed,
            _("Left open"): item.blank,
        }
        return [
            (what, count, round(100 * count / item.asked))
            for what, count in counts.items()
            if count > 0
        ]

    @property
    def figures(self) -> Iterator[Figure]:
        for name, (label, about) in LABELS.items():
            yield Figure(label, about, Percents.of(getattr(self.item, name)))


class Summary:
    """All questions of an assignment, the hardest first, and what they come to."""

    def __init__(self, analysis: Analysis, passages: Mapping[str, str]) -> None:
        self.analysis = analysis
        self.alpha = Percents.of(analysis.alpha)
        self.rows = [
            ItemRow(item, passages.get(item.key, "")) for item in analysis.items
        ]
