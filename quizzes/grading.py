"""Starting a quiz, answering its questions, handing it in."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Count, Sum
from django.utils import timezone

from quizzes.kinds import kind_of
from quizzes.models import Attempt, Question, Quiz, Response
from quizzes.sittings import new_seed
from tendril.accounts.models import User


class AttemptClosed(Exception):
    """The student has already handed this attempt in."""


def start(*, quiz: Quiz, student: User, purpose: str = Attempt.Purpose.QUIZ) -> Attempt:
    """Begin a sitting, or go on with the one that is open.

    Two tabs that start at once share one attempt.
    """
    mine = quiz.attempts.made_by(student).filter(purpose=purpose, is_from_device=False)
    if attempt := mine.open().first():
        return attempt
    try:
        return _begin(quiz, student, purpose)
    except IntegrityError:
        return mine.open().get()


@transaction.atomic
def _begin(quiz: Quiz, student: User, purpose: str) -> Attempt:
    questions = quiz.questions.current().filter(
        in_lesson=purpose == Attempt.Purpose.CHECK
    )
    asked = list(questions)
    attempt = Attempt.objects.create(
        id=uuid.uuid4(),
        quiz=quiz,
        student=student,
        purpose=purpose,
        seed=new_seed(),
        started_at=timezone.now(),
        max_score=sum(question.points for question in asked),
    )
    attempt.questions.set(asked)
    return attempt


def check_attempt(student: User, question: Question) -> Attempt | None:
    """The newest sitting of a lesson's check questions that asks this one."""
    mine = question.attempts.made_by(student).standing()
    return (
        mine.filter(purpose=Attempt.Purpose.CHECK)
        .select_related("quiz__lesson")
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
        Response(
            id=uuid.uuid4(),
            attempt=attempt,
            question=question,
            answer=answer,
            readable_answer=kind_of(question).readable(question, answer),
            points=kind_of(question).grade(question, answer),
            with_hint=question.key in attempt.hinted,
            answered_at=now,
        )
        for question, answer in answers.items()
        if question.pk not in done
    )
    settle(attempt)


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
