"""What the figures of a question mean, in one plain sentence."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quizzes.item_analysis import ENOUGH, Choice, Item
from quizzes.item_statistics import Estimate

# Shares of the points from which a question is easy, and up to which it is hard.
EASY, HARD = 0.95, 0.25
# Correlations with the rest; Ebel, "Essentials of Educational Measurement" (1972).
GOOD, POOR = 0.3, 0.2
# Of those who missed it, the share that makes a wrong choice a common mix-up.
COMMON = 0.5
MOST_CHARACTERS = 60


def finding(item: Item) -> str:
    if item.is_too_few:
        return ngettext(
            "Too few to tell: %(count)d attempt, and figures mean little below "
            "%(enough)d.",
            "Too few to tell: %(count)d attempts, and figures mean little below "
            "%(enough)d.",
            item.asked,
        ) % {"count": item.asked, "enough": ENOUGH}
    return about_the_key(item) or about_its_use(item)


def about_the_key(item: Item) -> str:
    """What makes one doubt that what counts as right is right; empty if nothing."""
    wrong, right = _most_with_rest(item, False), _most_with_rest(item, True)
    if wrong and _above(wrong.with_rest, 0) and _beats(wrong, right):
        words = {"wrong": _quoted(wrong), "right": _quoted(right)}
        if right:
            return (
                _(
                    "Strong readers picked “%(wrong)s” more often than your key "
                    "“%(right)s”: check the key."
                )
                % words
            )
        return _("Strong readers gave “%(wrong)s”: check the key.") % words
    if _below(item.discrimination, 0):
        return _(
            "Those who did well on the rest got this wrong more often than the "
            "others: check the question and its key."
        )
    return ""


def about_its_use(item: Item) -> str:
    share = item.facility.value if item.facility else 0
    if share >= EASY:
        return _("Nearly everyone got it: it tells little.")
    if mix_up := _common_mistake(item):
        return _("Most who missed it picked “%(wrong)s”: talk about that mix-up.") % {
            "wrong": _quoted(mix_up)
        }
    if share <= HARD:
        return _("Hardly anyone got it: read the passage together.")
    if _below(item.discrimination, POOR):
        return _(
            "Who did well on the rest did hardly better here: it may ask for "
            "something else."
        )
    if item.discrimination and item.discrimination.value >= GOOD:
        return _("It tells well who has understood and who has not yet.")
    return _("Nothing stands out.")


def _most_with_rest(item: Item, is_right: bool) -> Choice | None:
    """The choice of this side that goes most with doing well on the rest."""
    found: Sequence[Choice] = [
        choice
        for choice in item.choices
        if choice.is_right == is_right and choice.with_rest
    ]
    return max(found, key=_value, default=None)


def _value(choice: Choice | None) -> float:
    return choice.with_rest.value if choice and choice.with_rest else 0.0


def _beats(wrong: Choice, right: Choice | None) -> bool:
    return _value(wrong) > _value(right)


def _above(estimate: Estimate | None, bar: float) -> bool:
    """Whether all of its interval is above the bar."""
    return bool(estimate and estimate.low is not None and estimate.low > bar)


def _below(estimate: Estimate | None, bar: float) -> bool:
    return bool(estimate and estimate.high is not None and estimate.high < bar)


def _common_mistake(item: Item) -> Choice | None:
    wrong = [choice for choice in item.choices if not choice.is_right]
    worst = max(wrong, key=lambda choice: choice.picked, default=None)
    several = len(wrong) > 1 and item.missed >= ENOUGH * HARD
    if worst and several and worst.picked > COMMON * item.missed:
        return worst
    return None


def _quoted(choice: Choice | None) -> str:
    return Truncator(choice.text).chars(MOST_CHARACTERS) if choice else ""
