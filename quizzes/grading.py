"""Answering the questions of a sitting, and marking the answers."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from lessons import progress
from quizzes.answers import Answer
from quizzes.changes import Change, mark, rewrite, save, save_marks, write
from quizzes.closing import close, end_of_time
from quizzes.marking import seed_of_checks
from quizzes.models import Attempt, Question, Response
from quizzes.rules import GRACE, Rules
from quizzes.starting import check_attempt, store
from tendril.accounts.models import User


class AttemptClosed(Exception):
    """The student has already handed this attempt in."""


@transaction.atomic
def submit_check(
    *, student: User, question: Question, answers: Mapping[Question, Answer]
) -> None:
    """Mark the answer to a check question, a sitting in itself; the first stands."""
    # Held, or of two at once both could be the first.
    progress.hold(student)
    if check_attempt(student, question):
        return
    quiz, purpose = question.quiz, Attempt.Purpose.CHECK
    attempt = Attempt(quiz=quiz, student=student, purpose=purpose)
    attempt.seed = seed_of_checks(quiz)
    attempt.handed_in_at = timezone.now()
    store(attempt, [question])
    change = Change(attempt, [], attempt.handed_in_at)
    keep(change, answers, is_marked=True)
    settle(change)


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
    if attempt.is_from_device:
        raise AttemptClosed
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

    An answer whose mark was seen, or that a teacher counts, stays. Raises
    AttemptClosed where nothing can be kept, but for what has been said before.
    """
    said = {(r.question_id, tuple(r.answer)) for r in change.responses}
    new = {q: a for q, a in answers.items() if a and (q.pk, tuple(a)) not in said}
    settled = {r.question_id for r in change.responses if is_settled(change, r)}
    kept = {q: a for q, a in new.items() if q.pk not in settled}
    if new and not (kept and change.attempt.ran_out):
        raise AttemptClosed
    change.is_late = True
    keep(change, kept, is_marked=True)


def is_settled(change: Change, response: Response) -> bool:
    """Whether a late answer cannot stand in place of this one any more."""
    if response.is_late:
        return response.counts
    ends_at, marked_at = change.attempt.ends_at, response.marked_at
    # A draft was marked when the time was over: nobody had seen its mark.
    is_seen = bool(ends_at and marked_at and marked_at <= ends_at + GRACE)
    return is_seen and Rules.copied(change.attempt.rules).marks_at_once


def keep(
    change: Change, answers: Mapping[Question, Answer], *, is_marked: bool
) -> bool:
    """Whether anything is new."""
    new, changed = [], []
    change.read_cards(answers if is_marked else ())
    for question, answer in answers.items():
        response = change.response_to(question)
        if response is None and not answer:
            continue
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
def open_hint(*, attempt: Attempt, question: Question) -> None:
    """Note that a hint was read before answering; reading it costs nothing."""
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    is_over = attempt.handed_in_at or end_of_time(attempt, timezone.now())
    may_open = Rules.copied(attempt.rules).has_hints and not is_over
    name = question.name_in(attempt.quiz_id)
    if may_open and name not in attempt.hinted:
        attempt.hinted[name] = timezone.now().isoformat()
        attempt.save(update_fields=["hinted"])
