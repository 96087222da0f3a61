"""Typing a sheet of paper in: an attempt as if it had been taken on the screen."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from lessons import progress
from quizzes.allowances import Allowance, allowance_of, allowances_of
from quizzes.answers import Answer
from quizzes.changes import Change, mark, rewrite, save, score_of, write
from quizzes.closing import close
from quizzes.grading import keep
from quizzes.models import Assignment, Attempt, PaperSheet, Question, Response
from quizzes.paper_sheets import Paper
from quizzes.rules import Rules
from quizzes.starting import NoAttemptLeft, has_attempt_left, store


class MarksReleased(Exception):
    """The marks of its assignment are shown for good, so answers stay as they are."""


@dataclass(frozen=True)
class TakenAlready:
    """Who has taken an assignment already, by the keys of students."""

    on_screen: set[int]
    # They have no attempt left.
    out: set[int]

    def is_fixed(self, sheet: PaperSheet) -> bool:
        """Whether nothing can be typed in, or changed."""
        if sheet.attempt_id:
            return sheet.assignment.released_at is not None
        return sheet.student_id in self.out


def taken_already(assignment: Assignment) -> TakenAlready:
    """Two queries."""
    rows = list(assignment.attempts.values_list("student", "paper_sheet"))
    counts = Counter(student for student, _ in rows)
    allowances = allowances_of(assignment, counts)
    return TakenAlready(
        {student for student, sheet in rows if sheet is None},
        {
            student
            for student, count in counts.items()
            if not allowances[student].has_attempt_after(count)
        },
    )


@transaction.atomic
def type_in(*, paper: Paper, answers: Mapping[Question, Answer]) -> Attempt:
    """Keep a sheet's answers, marked as on the screen; what is left out is open.

    Typing it in once more corrects it, and keeps what stood there before. Raises
    MarksReleased and, of quizzes.starting, NoAttemptLeft.
    """
    # Locked in the order of `start_assigned`: two at once could both begin it.
    progress.hold(paper.sheet.student)
    locked = PaperSheet.objects.select_for_update(of=("self",))
    sheet = locked.select_related("assignment", "student").get(pk=paper.sheet.pk)
    if sheet.attempt_id is None:
        sheet.attempt = begin(sheet, paper.questions)
        sheet.save(update_fields=["attempt"])
        change = Change(sheet.attempt, [], timezone.now())
        keep(change, answers, is_marked=False)
        close(change, sheet.attempt.started_at)
        return sheet.attempt
    return correct(sheet, sheet.attempt_id, paper.questions, answers)


def begin(sheet: PaperSheet, questions: Iterable[Question]) -> Attempt:
    """Without a clock, and in the order that is printed."""
    assignment = sheet.assignment
    allowance = allowance_of(assignment, sheet.student)
    if not has_attempt_left(assignment, sheet.student, allowance):
        raise NoAttemptLeft
    attempt = Attempt(
        quiz=assignment.quiz,
        student=sheet.student,
        assignment=assignment,
        seed=sheet.seed,
        # At once, or it could stand in the way of one that is open on the screen.
        handed_in_at=timezone.now(),
    )
    rules = replace(Rules.of(assignment, allowance), is_shuffled=False, minutes=None)
    store(attempt, list(questions), rules)
    attempt.ends_at = None
    attempt.started_at = when_written(sheet, allowance)
    attempt.save(update_fields=["ends_at", "started_at"])
    return attempt


def when_written(sheet: PaperSheet, allowance: Allowance) -> dt.datetime:
    """In time, if it can have been: nobody is late because of who types it in."""
    moments = [timezone.now(), allowance.due_at, allowance.closes_at]
    return max(sheet.made_at, min(moment for moment in moments if moment))


def correct(
    sheet: PaperSheet,
    attempt_id: uuid.UUID,
    questions: Iterable[Question],
    answers: Mapping[Question, Answer],
) -> Attempt:
    change = Change.of(attempt_id)
    new, changed = [], []
    touched = [q for q in questions if differs(change, q, answers.get(q, []))]
    if touched and sheet.assignment.released_at:
        raise MarksReleased
    change.read_cards(touched)
    for question in touched:
        answer = answers.get(question, [])
        response = change.response_to(question)
        if response is None:
            response = write(change.attempt, question, answer, uuid.uuid4(), change.now)
            new.append(response)
        else:
            rewrite(response, question, answer, change.now)
            changed.append(response)
        mark_or_clear(change, response, question)
    save(new, changed)
    change.responses += new
    change.attempt.score = score_of(change.responses)
    change.attempt.save(update_fields=["score"])
    if change.attempt.marks_shown_at:
        change.cards.learn(touched)
    return change.attempt


def differs(change: Change, question: Question, answer: Answer) -> bool:
    response = change.response_to(question)
    return answer != (response.answer if response else [])


def mark_or_clear(change: Change, response: Response, question: Question) -> None:
    if response.answer:
        mark(change, response, question)
    else:
        # As on the screen: what was taken back is not answered.
        response.points, response.marked_at = 0, None
