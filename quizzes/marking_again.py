"""Marking past answers by a better key, while the site goes on answering.

What is still to be done is told from the answers themselves: they name the version
whose key gave their points. So it may stop anywhere, be begun again, and run twice
at once, and comes to the same end.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from quizzes.models import (
    Attempt,
    Correction,
    Dispute,
    MarkChange,
    Question,
    Response,
    ResponseQuerySet,
)
from quizzes.points_again import AS_TEXT, PointsByKey
from quizzes.review import name_of
from quizzes.review_again import learn_again

T = TypeVar("T")

# Sittings, or students, held together: few, so that nobody who answers waits long.
MOST_AT_ONCE = 1000
# SQLite lets one write at a time. Who waits looks again within a tenth of a second,
# and would never find it free if the next batch began at once.
TURN = 0.11
# Sittings may be held by those who answer in them; then they come last.
MOST_WAITS = 50


def marked_otherwise(key: Question) -> ResponseQuerySet:
    """Answers that this key is to mark, and another has marked."""
    marked = Response.objects.marked().unerased().filter(question__marked_by=key)
    return marked.exclude(marked_with=key).order_by()


def mark_again(correction: Correction, *, most_at_once: int = MOST_AT_ONCE) -> None:
    """Mark what the correction corrects; leave to the next sweep what is held."""
    key = correction.question
    to_do = marked_otherwise(key).count()
    Correction.objects.filter(pk=correction.pk).update(
        answer_count=F("done_count") + to_do
    )
    points = PointsByKey(key, key.corrected_versions.all())
    waits = 0
    while answers := _next_answers(key, 10 * most_at_once):
        done = 0
        for some in _in_batches(answers, most_at_once):
            done += _mark_some(correction, points, some)
            _let_others_write()
        if done:
            continue
        waits += 1
        if waits > MOST_WAITS:
            return
        time.sleep(TURN)
    _learn(correction)
    _finish(correction)


def _next_answers(key: Question, most: int) -> list[tuple[UUID, UUID]]:
    """What is to be marked, each with its sitting, sitting by sitting."""
    rows = marked_otherwise(key).order_by("attempt_id", "pk")
    return list(rows.values_list("attempt_id", "pk")[:most])


def _in_batches(pks: list[T], size: int) -> Iterator[list[T]]:
    for start in range(0, len(pks), size):
        yield pks[start : start + size]


def _let_others_write() -> None:
    if not connection.features.has_select_for_update:
        time.sleep(TURN)


@transaction.atomic
def _mark_some(
    correction: Correction, points: PointsByKey, answers: Sequence[tuple[UUID, UUID]]
) -> int:
    """Mark these answers, and add up their sittings; how many there were."""
    key = correction.question
    if not _is_in_force(key):
        return 0
    by_points: dict[Decimal, list[UUID]] = defaultdict(list)
    changes, changed = [], set()
    for pk, attempt, question, answer, before in _held(key, answers):
        after = points.of(question, answer)
        by_points[after].append(pk)
        if before != after:
            changed.add(attempt)
            changes.append(
                MarkChange(
                    correction=correction, response_id=pk, before=before, after=after
                )
            )
    MarkChange.objects.bulk_create(changes, ignore_conflicts=True)
    for after, pks in by_points.items():
        marked = Response.objects.filter(pk__in=pks)
        marked.update(points=after, marked_with=key)
    _add_up(changed)
    done = sum(map(len, by_points.values()))
    Correction.objects.filter(pk=correction.pk).update(
        done_count=F("done_count") + done
    )
    return done


def _is_in_force(key: Question) -> bool:
    """Whether no later key has come for what this one marks, nor comes meanwhile."""
    # Whoever makes a better key writes to this row.
    rows = Question.objects.select_for_update(no_key=True).filter(pk=key.pk)
    return rows.values_list("marked_by_id", flat=True).get() is None


def _held(
    key: Question, answers: Sequence[tuple[UUID, UUID]]
) -> list[tuple[UUID, UUID, int, str, Decimal]]:
    """Those still to be marked whose sittings nobody else is writing to."""
    # The sitting is locked first, as grading does. One that is being answered is
    # passed over: who waits while holding others makes a deadlock.
    attempts = Attempt.objects.select_for_update(skip_locked=True).order_by("pk")
    wanted = {attempt for attempt, _ in answers}
    held = set(attempts.filter(pk__in=wanted).values_list("pk", flat=True))
    pks = [pk for attempt, pk in answers if attempt in held]
    # By nothing but their keys: with more, SQLite walks through all the answers.
    rows = Response.objects.filter(pk__in=pks).order_by()
    found = rows.values_list(
        "pk", "attempt_id", "question_id", AS_TEXT, "points", "marked_with_id"
    )
    return [row[:5] for row in found if row[5] != key.pk]


def _add_up(attempts: set[UUID]) -> None:
    """The same sum as grading's, for many sittings at once."""
    if not attempts:
        return
    counted = Response.objects.marked().filter(attempt=OuterRef("pk"), counts=True)
    total = counted.order_by().values("attempt").annotate(sum=Sum("points"))
    Attempt.objects.filter(pk__in=attempts).update(
        score=Coalesce(Subquery(total.values("sum")), Decimal(0))
    )


def _learn(correction: Correction) -> None:
    """Bring the review of everybody whose points changed in line."""
    changes = MarkChange.objects.filter(correction=correction)
    if correction.finished_at:
        # Once more, for those who came too late for the first time.
        changes = changes.filter(changed_at__gte=correction.finished_at)
    rows = changes.order_by("response__attempt__student")
    students = rows.values_list("response__attempt__student", flat=True).distinct()
    for some in _in_batches(list(students), MOST_AT_ONCE):
        learn_again(some, {name_of(correction.question)})
        _let_others_write()


def _finish(correction: Correction) -> None:
    """Tell whoever was right after all, also where it was declined before."""
    now = timezone.now()
    said = Dispute.objects.exclude(state=Dispute.State.ACCEPTED).filter(
        response__question__marked_by=correction.question,
        response__points=F("response__question__points"),
    )
    said.update(
        state=Dispute.State.ACCEPTED,
        # The reason for a no is none for a yes.
        word="",
        settled_by=correction.made_by,
        settled_at=now,
        seen_at=None,
    )
    Correction.objects.filter(pk=correction.pk).update(finished_at=now)


def unfinished() -> list[int]:
    """Corrections that stopped on the way, or that missed an answer.

    An answer may be marked by the old key in the moment in which the new one comes.
    """
    missed = Response.objects.marked().unerased().exclude(question__marked_by=None)
    missed = missed.exclude(marked_with=F("question__marked_by"))
    keys = missed.order_by().values("question__marked_by").distinct()
    found = Correction.objects.filter(Q(finished_at=None) | Q(question__in=keys))
    return list(found.order_by("pk").values_list("pk", flat=True))
