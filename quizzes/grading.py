"""Starting a quiz, answering its questions, handing it in."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, Sum
from django.utils import timezone

from quizzes.kinds import kind_of
from quizzes.models import Attempt, Question, Quiz, Response
from quizzes.sittings import new_seed, seed_of_checks
from tendril.accounts.models import User


class AttemptClosed(Exception):
    """The student has already handed this attempt in."""


def start(*, quiz: Quiz, student: User, purpose: str = Attempt.Purpose.QUIZ) -> Attempt:
    """Begin a sitting, or go on with the one that is open.

    Two tabs that start at once share one attempt.
    """
    mine = quiz.attempts.made_by(student).open().filter(purpose=purpose)
    if attempt := mine.first():
        return attempt
    try:
        return _begin(quiz, student, purpose)
    except IntegrityError:
        return mine.get()


@transaction.atomic
def _begin(quiz: Quiz, student: User, purpose: str) -> Attempt:
    is_check = purpose == Attempt.Purpose.CHECK
    asked = list(quiz.questions.current().filter(in_lesson=is_check))
    attempt = Attempt.objects.create(
        id=uuid.uuid4(),
        quiz=quiz,
        student=student,
        purpose=purpose,
        seed=seed_of_checks(quiz) if is_check else new_seed(),
        started_at=timezone.now(),
        max_score=sum(question.points for question in asked),
    )
    attempt.questions.set(asked)
    return attempt


def check_attempt(student: User, question: Question) -> Attempt | None:
    """The sitting in which a check question was answered, else the newest with it."""
    mine = question.attempts.made_by(student).standing().with_lesson()
    answered = Response.objects.filter(attempt=OuterRef("pk"), question=question)
    return (
        mine.filter(purpose=Attempt.Purpose.CHECK)
        .order_by(Exists(answered).desc(), "-started_at")
        .first()
    )


def submit_check(
    *, student: User, question: Question, answers: Mapping[Question, list[str]]
) -> None:
    """Mark the answer to a check question; the first one stands."""
    attempt = check_attempt(student, question)
    if attempt is None:
        attempt = start(
            quiz=question.quiz, student=student, purpose=Attempt.Purpose.CHECK
        )
        # An older sitting may be open from before this question was written.
        attempt.questions.add(question)
    with suppress(AttemptClosed):
        submit_answers(attempt=attempt, answers=answers)


@transaction.atomic
def submit_answers(*, attempt: Attempt, answers: Mapping[Question, list[str]]) -> None:
    """Mark answers, and hand the attempt in once nothing is left to answer.

    The first answer to a question stands: a double click, the back button or a
    second tab cannot change a mark.
    """
    # Locked so that two answers sent at once cannot both miss being the last.
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if attempt.handed_in_at:
        raise AttemptClosed
    done = set(attempt.responses.values_list("question_id", flat=True))
    now = timezone.now()
    Response.objects.bulk_create(
        mark(
            attempt,
            question,
            answer,
            pk=uuid.uuid4(),
            with_hint=question.key in attempt.hinted,
            answered_at=now,
        )
        for question, answer in answers.items()
        if question.pk not in done
    )
    settle(attempt)


def mark(
    attempt: Attempt,
    question: Question,
    answer: list[str],
    *,
    pk: uuid.UUID,
    with_hint: bool,
    answered_at: dt.datetime,
) -> Response:
    """The response to a question, with its points; not saved."""
    kind = kind_of(question)
    return Response(
        id=pk,
        attempt=attempt,
        question=question,
        answer=answer,
        readable_answer=kind.readable(question, answer),
        points=kind.grade(question, answer),
        with_hint=with_hint,
        answered_at=answered_at,
    )


def settle(attempt: Attempt) -> None:
    """Add up the points, and hand in what has an answer to every question."""
    responses = list(attempt.responses.all())
    possible = attempt.questions.aggregate(count=Count("pk"), points=Sum("points"))
    attempt.score = sum((response.points for response in responses), Decimal(0))
    attempt.max_score = possible["points"]
    if len(responses) == possible["count"]:
        attempt.handed_in_at = max(response.answered_at for response in responses)
    attempt.save(update_fields=["score", "max_score", "handed_in_at"])


@transaction.atomic
def open_hint(*, attempt: Attempt, question: Question) -> None:
    """Note that a hint was read before answering; reading it costs nothing."""
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if question.key not in attempt.hinted and not attempt.handed_in_at:
        attempt.hinted = [*attempt.hinted, question.key]
        attempt.save(update_fields=["hinted"])
