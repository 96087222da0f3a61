"""Answering the questions of a sitting, marking the answers, handing it in."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from quizzes.answers import Answer
from quizzes.changes import Change, mark, rewrite, save, save_marks, write
from quizzes.models import Assignment, Attempt, Question
from quizzes.review import Cards
from quizzes.rules import GRACE, Rules
from quizzes.starting import check_attempt, start
from tendril.accounts.models import User


class AttemptClosed(Exception):
    """The student has already handed this attempt in."""


def submit_check(
    *, student: User, question: Question, answers: Mapping[Question, Answer]
) -> None:
    """Mark the answer to a check question; the first one stands."""
    attempt = check_attempt(student, question)
    if attempt is None:
        attempt = start(
            quiz=question.quiz, student=student, purpose=Attempt.Purpose.CHECK
        )
        # An older sitting may be open from before this question was written.
        attempt.questions.add(question)
        count = attempt.questions.count()
        Attempt.objects.filter(pk=attempt.pk).update(question_count=count)
    submit_answers(attempt=attempt, answers=answers)


@transaction.atomic
def submit_answers(
    *, attempt: Attempt, answers: Mapping[Question, Answer], is_draft: bool = False
) -> None:
    """Keep answers, mark them if the rules say so, hand in once none is left.

    A marked answer stands: a double click, the back button or a second tab cannot
    change it. What comes after the time is kept as late and does not count yet.
    Raises AttemptClosed if any of it would change what has been handed in.
    """
    submit(Change.of(attempt.pk), answers, is_draft=is_draft)


def submit(
    change: Change, answers: Mapping[Question, Answer], *, is_draft: bool = False
) -> None:
    """`submit_answers` for an attempt that is locked already."""
    attempt = change.attempt
    if over_since := end_of_time(attempt, change.now):
        close(change, over_since)
    if attempt.handed_in_at:
        keep_late(change, answers)
        return
    rules = Rules.copied(attempt.rules)
    if keep(change, answers, is_marked=rules.marks_at_once and not is_draft):
        settle(change)


def keep_late(change: Change, answers: Mapping[Question, Answer]) -> None:
    """Keep what came after the time, beside what came in time.

    Raises AttemptClosed where the student handed it in, had seen the mark, or a
    teacher counts another late answer; but never for what has been said before.
    """
    said = {(r.question_id, tuple(r.answer)) for r in change.responses}
    new = {q: a for q, a in answers.items() if (q.pk, tuple(a)) not in said}
    first_stands = Rules.copied(change.attempt.rules).marks_at_once
    settled = {
        r.question_id
        for r in change.responses
        if (r.counts if r.is_late else first_stands)
    }
    if new and (not change.attempt.ran_out or settled & {q.pk for q in new}):
        raise AttemptClosed
    change.is_late = True
    keep(change, new, is_marked=True)


def keep(
    change: Change, answers: Mapping[Question, Answer], *, is_marked: bool
) -> bool:
    """Whether anything is new."""
    new, changed = [], []
    student_id = change.attempt.student_id
    change.cards = Cards.read(student_id, answers if is_marked else ())
    for question, answer in answers.items():
        response = change.response_to(question)
        if response is None:
            response = write(change.attempt, question, answer, uuid.uuid4(), change.now)
            response.is_late, response.counts = change.is_late, not change.is_late
            new.append(response)
        elif response.marked_at and not change.is_late:
            continue
        elif response.answer != answer:
            rewrite(response, question, answer, change.now)
            changed.append(response)
        elif is_marked and response.marked_at is None:
            changed.append(response)
        if is_marked:
            mark(change, response, question)
    save(new, changed)
    change.responses += new
    return bool(new or changed)


def settle(change: Change) -> None:
    """Add up the points, and hand in what has a marked answer to every question."""
    attempt = change.attempt
    marked = [response for response in change.in_time if response.marked_at]
    if not marked:
        return
    if len(marked) >= attempt.question_count:
        attempt.handed_in_at = max(response.answered_at for response in marked)
    save_marks(change)


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
    open_responses = [r for r in change.in_time if r.marked_at is None]
    questions = attempt.questions.select_related("marked_by").in_bulk(
        [response.question_id for response in open_responses]
    )
    change.cards = Cards.read(attempt.student_id, questions.values())
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
    attempts = list(over.select_related("student", "quiz"))
    for attempt in attempts:
        hand_in(attempt=attempt)
    return len(attempts)


@transaction.atomic
def open_hint(*, attempt: Attempt, question: Question) -> None:
    """Note that a hint was read before answering; reading it costs nothing."""
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    may_open = Rules.copied(attempt.rules).has_hints and not attempt.handed_in_at
    name = question.name_in(attempt.quiz_id)
    if may_open and name not in attempt.hinted:
        attempt.hinted[name] = timezone.now().isoformat()
        attempt.save(update_fields=["hinted"])
