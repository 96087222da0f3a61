"""What a student read lately, for the family and for the student."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from lessons.models import Progress, ProgressQuerySet
from tendril.accounts.models import User

LATELY = timedelta(days=7)
MOST = 5


@dataclass(frozen=True, slots=True)
class Week:
    """The reading of the last seven days, the latest first."""

    finished: list[Progress]
    begun: list[Progress]
    # However long ago; None before the first lesson.
    last: Progress | None


def read_lately(student: User) -> ProgressQuerySet:
    since = timezone.now() - LATELY
    mine = Progress.objects.of(student).filter(last_read_at__gte=since)
    return (
        mine.select_related("lesson")
        .defer("lesson__html")
        .order_by("-last_read_at", "pk")
    )


def week_of(student: User) -> Week:
    lately = read_lately(student)
    latest = Progress.objects.of(student).select_related("lesson")
    return Week(
        finished=list(lately.finished()[:MOST]),
        begun=list(lately.unfinished()[:MOST]),
        last=latest.defer("lesson__html").order_by("-last_read_at").first(),
    )
