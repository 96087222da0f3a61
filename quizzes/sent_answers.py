"""Answers as they are sent, kept without putting their whole sitting together.

The short way for what is all right, which is nearly everything: it fetches no more
than it marks.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import F, FilteredRelation, Q, QuerySet

from quizzes.answers import Answer
from quizzes.changes import Change
from quizzes.grading import submit
from quizzes.marking import fetch_keys, read
from quizzes.models import Attempt, Question, Quiz
from quizzes.prepared import Prepared
from quizzes.review import Cards
from tendril.accounts.models import User

# What was sent to each question, by its primary key.
Sent = Mapping[int, list[str]]


class LookCloser(Exception):
    """Something is unusual, or wrong: only the whole sitting can tell."""


@transaction.atomic
def keep_sent(*, attempt_id: UUID, student: User, sent: Sent) -> Attempt:
    """Keep answers as `grading.submit_answers` does, or change nothing.

    Raises LookCloser, and what `submit_answers` and the kinds raise.
    """
    if not sent:
        raise LookCloser
    try:
        change = Change.of(attempt_id)
    except Attempt.DoesNotExist as error:
        raise LookCloser from error
    attempt = change.attempt
    is_check = attempt.purpose == Attempt.Purpose.CHECK
    if attempt.student_id != student.pk or is_check or attempt.is_from_device:
        raise LookCloser
    submit(change, answers_in(change, sent))
    return attempt


def asked_with_cards(attempt: UUID, student: int, *pks: int) -> QuerySet[Question]:
    is_theirs = Q(quiz__review_cards__student=student, quiz__review_cards__key=F("key"))
    return (
        Question.objects.filter(attempts=attempt, pk__in=pks)
        .annotate(card=FilteredRelation("quiz__review_cards", condition=is_theirs))
        .annotate(
            access=F("quiz__access"),
            card_id=F("card__pk"),
            due_at=F("card__due_at"),
            helps=F("card__helps"),
        )
        .order_by()
    )


asked_in = Prepared(asked_with_cards)


def answers_in(change: Change, sent: Sent) -> dict[Question, Answer]:
    attempt = change.attempt
    questions = asked_in(attempt.pk, attempt.student_id, *sent)
    change.cards = Cards.beside(attempt.student_id, questions)
    # A sitting of one's own asks no more what only teachers give out by now.
    is_open = attempt.assignment_id or all(map(is_open_to_anyone, questions))
    if len(questions) != len(sent) or not is_open:
        raise LookCloser
    fetch_keys(questions)
    answers: dict[Question, Answer] = {}
    for question in questions:
        if answer := read(question, sent[question.pk]):
            answers[question] = answer
    if not answers:
        raise LookCloser
    return answers


def is_open_to_anyone(question: Question) -> bool:
    access = getattr(question, "access", None)
    return question.in_lesson or access == Quiz.Access.PRACTICE
