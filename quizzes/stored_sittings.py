"""The sitting that an attempt stores."""

from __future__ import annotations

import random
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from quizzes.marking import fetch_keys
from quizzes.marks import Mark
from quizzes.models import Attempt, MarkChange, Question, Response
from quizzes.rules import Rules
from quizzes.sittings import Sitting


def sitting_of(attempt: Attempt) -> Sitting:
    """The sitting that an attempt stores; two queries, whatever its size."""
    rules = Rules.copied(attempt.rules)
    questions = questions_of(attempt, rules)
    sitting = Sitting(
        attempt.quiz,
        attempt.pk,
        attempt.seed,
        questions,
        hinted=set(attempt.hinted),
        rules=rules,
        purpose=attempt.purpose,
        attempt=attempt,
    )
    by_pk = {question.pk: question for question in questions}
    for response in responses_of(attempt):
        if response.is_late:
            sitting.late[response.question_id] = response
        if response.counts:
            place(sitting, by_pk[response.question_id], response)
    if attempt.assignment_id is None:
        leave_out_closed(sitting)
    return sitting


def responses_of(attempt: Attempt) -> QuerySet[Response]:
    """With what was said of each mark, and the points it had at first; one query."""
    responses = attempt.responses.select_related("dispute")
    if attempt.handed_in_at is None:
        return responses
    changes = MarkChange.objects.filter(response=OuterRef("pk")).order_by("pk")
    return responses.annotate(points_before=Subquery(changes.values("before")[:1]))


def leave_out_closed(sitting: Sitting) -> None:
    """Ask in practice no more what was closed since, but for what is marked."""
    asked = sitting.questions
    sitting.questions = [
        q for q in asked if q.is_open_to_anyone or q.pk in sitting.marks
    ]
    sitting.is_cut_short = len(sitting.questions) < len(asked)
    for question in asked:
        if question not in sitting.questions:
            sitting.drafts.pop(question.pk, None)


def place(sitting: Sitting, question: Question, response: Response) -> None:
    if response.marked_at is None:
        # Empty: what was filled in has been taken back.
        if response.answer:
            sitting.drafts[question.pk] = response.answer
        return
    sitting.marks[question.pk] = Mark.of(question, response, sitting.seed)


def questions_of(attempt: Attempt, rules: Rules) -> list[Question]:
    """What a sitting asks, in its order, each with its quiz at hand."""
    if attempt.quiz is None:
        return questions_from_before(attempt)
    questions = [row.question for row in asks_of(attempt).select_related("question")]
    fetch_keys(questions)
    for question in questions:
        question.quiz = attempt.quiz
    if rules.is_shuffled:
        random.Random(attempt.seed).shuffle(questions)  # noqa: S311
    return questions


def asks_of(attempt: Attempt) -> QuerySet[Any]:
    """What it asks in the order in which it began, wherever a load puts it since."""
    return attempt.questions.through.objects.filter(attempt=attempt).order_by("pk")


def questions_from_before(attempt: Attempt) -> list[Question]:
    rows = asks_of(attempt)
    asked = rows.select_related("question__marked_by", "question__quiz__lesson")
    return [row.question for row in asked.defer("question__quiz__lesson__html")]
