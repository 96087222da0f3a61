"""Answers given while signed out, marked again and kept in the account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from lessons.device import AnsweredItem, Outcome, Reason
from lessons.models import SyncBatch
from quizzes import grading
from quizzes.kinds import kind_of
from quizzes.models import Attempt, Question, Quiz, Response
from quizzes.sittings import new_seed
from tendril.accounts.models import User

QuestionName = tuple[str, str, int]


class Rejected(Exception):
    """Its only argument is the Reason."""


@dataclass
class Merging:
    """One hand-over, with what it needs fetched once for all its items."""

    student: User
    batch: SyncBatch | None
    now: dt.datetime
    quizzes: dict[str, Quiz]
    questions: dict[QuestionName, Question]
    attempts: dict[UUID, Attempt]
    responses: dict[UUID, Response]
    touched: set[UUID] = field(default_factory=set)


@transaction.atomic
def merge(
    student: User, items: Sequence[AnsweredItem], batch: SyncBatch | None
) -> list[Outcome]:
    """Keep answers under the ids their device gave them, whatever their order.

    Sent twice they change nothing. They go to sittings that came from a device,
    never to one that this server began, and never to a closed quiz. Of two
    answers to one question in one sitting the earlier stands.
    """
    merging = _prepare(student, items, batch)
    outcomes = [_take(merging, item) for item in items]
    for pk in merging.touched:
        grading.settle(merging.attempts[pk])
    return outcomes


def _prepare(
    student: User, items: Sequence[AnsweredItem], batch: SyncBatch | None
) -> Merging:
    quizzes = Quiz.objects.practice_ever().filter(slug__in={i.quiz for i in items})
    questions = (
        Question.objects.filter(quiz__in=quizzes, key__in={i.question for i in items})
        .select_related("quiz")
        .prefetch_related("choices")
    )
    # Locked, so that two hand-overs of one sitting add up its points in turn.
    attempts = Attempt.objects.select_related("batch").filter(
        pk__in={i.attempt for i in items}
    )
    responses = Response.objects.filter(pk__in={i.id for i in items})
    return Merging(
        student,
        batch,
        timezone.now(),
        {quiz.slug: quiz for quiz in quizzes},
        {(q.quiz.slug, q.key, q.version): q for q in questions},
        {a.pk: a for a in attempts.order_by("pk").select_for_update(of=("self",))},
        {r.pk: r for r in responses.select_related("attempt__batch")},
    )


def _take(merging: Merging, item: AnsweredItem) -> Outcome:
    try:
        if _is_known(merging, item):
            return Outcome.known(item)
        with transaction.atomic():
            is_new = _keep(merging, item)
    except Rejected as rejected:
        return Outcome.rejected(item, rejected.args[0])
    except IntegrityError:
        # Another tab sent it in this very moment: the next sending will tell.
        return Outcome.rejected(item, Reason.REFUSED)
    return Outcome.added(item) if is_new else Outcome.known(item)


def _is_known(merging: Merging, item: AnsweredItem) -> bool:
    """Whether this very answer is here already. Raises Rejected."""
    stored = merging.responses.get(item.id)
    if stored is None:
        return False
    if stored.attempt.student_id != merging.student.pk:
        raise Rejected(Reason.REFUSED)
    _refuse_undone(stored.attempt)
    return True


def _keep(merging: Merging, item: AnsweredItem) -> bool:
    """Whether anything changed. Raises Rejected."""
    question = _question_of(merging, item)
    attempt = _attempt_of(merging, item, question)
    response = grading.mark(
        attempt,
        question,
        item.answer,
        pk=item.id,
        with_hint=item.with_hint,
        answered_at=item.moment(merging.now),
    )
    earlier = attempt.responses.filter(question=question).first()
    if earlier is None:
        response.save(force_insert=True)
        merging.responses[response.pk] = response
    elif (response.answered_at, response.answer) < (
        earlier.answered_at,
        earlier.answer,
    ):
        response.id, response.received_at = earlier.pk, earlier.received_at
        response.save(force_update=True)
    else:
        return False
    # Only now: whatever was refused above has been rolled back.
    merging.attempts[attempt.pk] = attempt
    merging.touched.add(attempt.pk)
    return True


def _question_of(merging: Merging, item: AnsweredItem) -> Question:
    if item.quiz not in merging.quizzes:
        raise Rejected(Reason.UNKNOWN_QUIZ)
    question = merging.questions.get((item.quiz, item.question, item.version))
    if question is None:
        raise Rejected(Reason.UNKNOWN_QUESTION)
    if not kind_of(question).is_answer(question, item.answer):
        raise Rejected(Reason.UNKNOWN_CHOICE)
    return question


def _attempt_of(merging: Merging, item: AnsweredItem, question: Question) -> Attempt:
    attempt = merging.attempts.get(item.attempt)
    if attempt is None:
        attempt = _begin(merging, item, question)
    is_mine = attempt.student_id == merging.student.pk and attempt.is_from_device
    purpose = _purpose_of(question)
    if not is_mine or (attempt.quiz_id, attempt.purpose) != (question.quiz_id, purpose):
        raise Rejected(Reason.REFUSED)
    _refuse_undone(attempt)
    _ask_this_version(attempt, question)
    return attempt


def _refuse_undone(attempt: Attempt) -> None:
    if attempt.batch and attempt.batch.undone_at:
        raise Rejected(Reason.UNDONE)


def _purpose_of(question: Question) -> str:
    return Attempt.Purpose.CHECK if question.in_lesson else Attempt.Purpose.QUIZ


def _begin(merging: Merging, item: AnsweredItem, question: Question) -> Attempt:
    attempt = Attempt.objects.create(
        id=item.attempt,
        batch=merging.batch,
        student=merging.student,
        quiz=question.quiz,
        purpose=_purpose_of(question),
        is_from_device=True,
        seed=new_seed(),
        started_at=item.moment(merging.now),
    )
    if not question.in_lesson:
        attempt.questions.set(question.quiz.questions.current().at_the_end())
    return attempt


def _ask_this_version(attempt: Attempt, question: Question) -> None:
    """The device may have asked a version that has been replaced since."""
    if attempt.questions.contains(question):
        return
    # One that has an answer stays: a sitting asks whatever was answered in it.
    others = attempt.questions.filter(key=question.key)
    attempt.questions.remove(*others.exclude(responses__attempt=attempt))
    attempt.questions.add(question)
