"""The kept analysis of an assignment: shown, and asked for anew when it is old."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from quizzes.item_analysis import Analysis
from quizzes.models import Assignment, ItemReport
from quizzes.tasks import work_out_items
from quizzes.working_out import stamp_of

# Asked for again after that: the worker may have died over it.
PATIENCE = dt.timedelta(minutes=2)


@dataclass(frozen=True)
class Kept:
    """What is known so far, and whether something newer is on its way."""

    report: ItemReport
    is_pending: bool

    @property
    def made_at(self) -> dt.datetime | None:
        return self.report.made_at

    def analysis(self, *, first_only: bool = True) -> Analysis | None:
        if self.report.made_at is None:
            return None
        kept = self.report.content["first" if first_only else "all"]
        return Analysis.kept(kept)


def kept_or_asked(assignment: Assignment) -> Kept:
    """The kept analysis; worked out in the background if it is old or not there.

    However many ask at once, it is worked out once.
    """
    report, is_new = ItemReport.objects.get_or_create(assignment=assignment)
    if report.content.get("stamp") == stamp_of(assignment):
        return Kept(report, is_pending=False)
    if is_new or _ask_again(report):
        work_out_items.delay_on_commit(assignment.pk)
    return Kept(report, is_pending=True)


def _ask_again(report: ItemReport) -> bool:
    """Whether it was this call that asked."""
    now = timezone.now()
    is_asked = report.made_at is None or report.asked_at > report.made_at
    if is_asked and now < report.asked_at + PATIENCE:
        return False
    same = ItemReport.objects.filter(pk=report.pk, asked_at=report.asked_at)
    return bool(same.update(asked_at=now))
