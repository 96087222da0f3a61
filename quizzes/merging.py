"""Answers given while signed out, marked again and kept in the account."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from lessons import progress
from lessons.device import AnsweredItem, Outcome, Reason
from lessons.models import SyncBatch
from quizzes.changes import write
from quizzes.device_sheets import Sheet, put, save
from quizzes.handed_over import Merging, prepare
from quizzes.marking import is_answer, new_seed, points_of
from quizzes.models import Attempt, Question, Response
from quizzes.rules import PRACTICE
from tendril.accounts.models import User


class Rejected(Exception):
    """Its only argument is the Reason."""


@transaction.atomic
def merge(
    student: User, items: Sequence[AnsweredItem], batch: SyncBatch | None
) -> list[Outcome]:
    """Keep answers under the ids their device gave them, whatever their order.

    Sent twice they change nothing. They go to sittings that came from a device,
    never to one that this server began, and never to a closed quiz. Of two
    answers to one question in one sitting the earlier stands.
    """
    progress.hold(student)
    try:
        return merge_together(student, items, batch)
    except IntegrityError:
        return [merge_alone(student, item, batch) for item in items]


def merge_alone(student: User, item: AnsweredItem, batch: SyncBatch | None) -> Outcome:
    try:
        return merge_together(student, [item], batch)[0]
    except IntegrityError:
        # Somebody else used its id in this very moment.
        return Outcome.rejected(item, Reason.REFUSED)


@transaction.atomic
def merge_together(
    student: User, items: Sequence[AnsweredItem], batch: SyncBatch | None
) -> list[Outcome]:
    if not items:
        return []
    merging = prepare(student, items, batch)
    outcomes = [take(merging, item) for item in items]
    for sheet in merging.sheets.values():
        if sheet.changed and sheet.attempt.purpose == Attempt.Purpose.QUIZ:
            ask_what_was_current(sheet, merging)
    changed = save(merging.sheets.values())
    merging.cards.learn(response.question for response in changed)
    return outcomes


def take(merging: Merging, item: AnsweredItem) -> Outcome:
    try:
        if is_known(merging, item):
            return Outcome.known(item)
        is_new = keep(merging, item)
    except Rejected as rejected:
        return Outcome.rejected(item, rejected.args[0])
    return Outcome.added(item) if is_new else Outcome.known(item)


def is_known(merging: Merging, item: AnsweredItem) -> bool:
    """Whether this very answer is here already. Raises Rejected."""
    stored = merging.responses.get(item.id)
    if stored is None:
        return False
    if stored.attempt.student_id != merging.student.pk:
        raise Rejected(Reason.REFUSED)
    refuse_undone(stored.attempt)
    return True


def keep(merging: Merging, item: AnsweredItem) -> bool:
    """Whether anything changed. Raises Rejected."""
    question = question_of(merging, item)
    sheet = sheet_of(merging, item, question)
    response = marked_response(sheet.attempt, question, item, merging)
    if not put(sheet, question, response):
        return False
    merging.sheets[sheet.attempt.pk] = sheet
    merging.responses[response.pk] = response
    return True


def marked_response(
    attempt: Attempt, question: Question, item: AnsweredItem, merging: Merging
) -> Response:
    answered_at = item.moment(merging.now)
    response = write(attempt, question, item.answer, item.id, answered_at)
    response.points = points_of(question, item.answer)
    response.marked_with = question.marked_by
    response.with_hint = item.with_hint
    response.with_help = merging.cards.was_helped(question, answered_at)
    response.marked_at = merging.now
    return response


def question_of(merging: Merging, item: AnsweredItem) -> Question:
    if item.quiz not in merging.quizzes:
        raise Rejected(Reason.UNKNOWN_QUIZ)
    question = merging.questions.get((item.quiz, item.question, item.version))
    if question is None:
        raise Rejected(Reason.UNKNOWN_QUESTION)
    if not is_answer(question, item.answer):
        raise Rejected(Reason.UNKNOWN_CHOICE)
    return question


def sheet_of(merging: Merging, item: AnsweredItem, question: Question) -> Sheet:
    sheet = merging.sheets.get(item.attempt) or begin(merging, item, question)
    attempt, purpose = sheet.attempt, purpose_of(item, question)
    if attempt.student_id != merging.student.pk or not attempt.is_from_device:
        raise Rejected(Reason.REFUSED)
    if attempt.purpose != purpose or attempt.quiz_id not in (None, question.quiz_id):
        raise Rejected(Reason.REFUSED)
    refuse_undone(attempt)
    return sheet


def refuse_undone(attempt: Attempt) -> None:
    if attempt.batch and attempt.batch.undone_at:
        raise Rejected(Reason.UNDONE)


def purpose_of(item: AnsweredItem, question: Question) -> str:
    if item.purpose == Attempt.Purpose.REVIEW:
        return Attempt.Purpose.REVIEW
    return Attempt.Purpose.CHECK if question.in_lesson else Attempt.Purpose.QUIZ


def begin(merging: Merging, item: AnsweredItem, question: Question) -> Sheet:
    purpose = purpose_of(item, question)
    began_at = item.moment(merging.now)
    attempt = Attempt(
        id=item.attempt,
        batch=merging.batch,
        student=merging.student,
        quiz=None if purpose == Attempt.Purpose.REVIEW else question.quiz,
        purpose=purpose,
        is_from_device=True,
        seed=new_seed(),
        rules=PRACTICE.copy(),
        started_at=began_at,
        marks_shown_at=began_at,
    )
    return Sheet(attempt, {question.pk: question}, {}, is_new=True)


def ask_what_was_current(sheet: Sheet, merging: Merging) -> None:
    """Let a quiz ask what was answered, and what else it asked when that began.

    Worked out from all its answers, so that their order is all one.
    """
    answered = [sheet.asked[pk] for pk in sheet.responses]
    # By a clock that is behind it began before there was what it asked.
    began_at = max(sheet.attempt.started_at, *(row.created_at for row in answered))
    asked = {row.key: row for row in answered}
    for row in merging.at_the_end[answered[0].quiz_id]:
        if row.key not in asked and row.was_current_at(began_at):
            asked[row.key] = row
    rows = [*answered, *(row for row in asked.values() if row not in answered)]
    if sheet.asked.keys() != {row.pk for row in rows}:
        sheet.is_reworded = not sheet.is_new
    sheet.asked = {row.pk: row for row in rows}
    if len(sheet.asked) > len(answered):
        sheet.attempt.handed_in_at = None
