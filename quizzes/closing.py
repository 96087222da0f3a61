"""Handing a sitting in: by its student, or by the clock."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from quizzes.changes import Change, mark, save, save_marks
from quizzes.models import Assignment, Attempt
from quizzes.rules import GRACE, Rules


@transaction.atomic
def hand_in(*, attempt: Attempt) -> None:
    """Mark all that is there. Twice is as good as once."""
    change = Change.of(attempt.pk)
    if change.attempt.handed_in_at is None:
        close(change, end_of_time(change.attempt, change.now) or change.now)


def end_of_time(attempt: Attempt, now: dt.datetime) -> dt.datetime | None:
    """When the time of an open attempt ended, if nothing counts for it now."""
    if attempt.handed_in_at or attempt.ends_at is None:
        return None
    return attempt.ends_at if now > attempt.ends_at + GRACE else None


def close_if_over(attempt: Attempt) -> Attempt:
    """The same attempt, handed in by now if its time is over."""
    if not end_of_time(attempt, timezone.now()):
        return attempt
    hand_in(attempt=attempt)
    attempt.refresh_from_db(fields=["score", "handed_in_at", "marks_shown_at"])
    return attempt


def close(change: Change, moment: dt.datetime) -> None:
    attempt = change.attempt
    drafts = [r for r in change.in_time if r.marked_at is None and r.answer]
    asked = attempt.questions.select_related("marked_by")
    if attempt.assignment_id is None:
        # What only teachers give out by now is marked for nobody in practice.
        asked = asked.open_to_anyone()
    questions = asked.in_bulk([draft.question_id for draft in drafts])
    open_responses = [draft for draft in drafts if draft.question_id in questions]
    change.read_cards(questions.values())
    for response in open_responses:
        mark(change, response, questions[response.question_id])
    save([], open_responses)
    attempt.handed_in_at = moment
    if Rules.copied(attempt.rules).marks_at_end or is_released(attempt):
        attempt.marks_shown_at = change.now
    save_marks(change)


def is_released(attempt: Attempt) -> bool:
    """Whether the teacher has shown the marks of its assignment already."""
    if attempt.assignment_id is None:
        return False
    given = Assignment.objects.filter(pk=attempt.assignment_id)
    return given.filter(released_at__isnull=False).exists()


def close_overdue() -> int:
    """Hand in what ran out of time while nobody looked; how many there were."""
    over = Attempt.objects.open().filter(ends_at__lt=timezone.now() - GRACE)
    attempts = list(over)
    for attempt in attempts:
        hand_in(attempt=attempt)
    return len(attempts)
