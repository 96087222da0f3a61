"""What it takes to keep a device's answers, fetched once for all of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from lessons.device import AnsweredItem
from lessons.models import SyncBatch
from quizzes.device_sheets import Sheet, sheets_of
from quizzes.models import Question, Quiz, Response
from quizzes.review import Cards
from tendril.accounts.models import User

QuestionName = tuple[str, str, int]


@dataclass
class Merging:
    student: User
    batch: SyncBatch | None
    now: dt.datetime
    quizzes: dict[str, Quiz]
    questions: dict[QuestionName, Question]
    # All the versions that a quiz ever asked at its end, by its primary key.
    at_the_end: dict[int, list[Question]]
    sheets: dict[UUID, Sheet]
    responses: dict[UUID, Response]
    cards: Cards


def prepare(
    student: User, items: Sequence[AnsweredItem], batch: SyncBatch | None
) -> Merging:
    quizzes = Quiz.objects.filter(slug__in={item.quiz for item in items})
    by_slug = {quiz.slug: quiz for quiz in quizzes}
    questions = (
        Question.objects.open_to_anyone()
        .filter(quiz__in=by_slug.values())
        .select_related("quiz", "marked_by")
        .order_by("version")
    )
    named, at_the_end = {}, defaultdict(list)
    for question in questions:
        named[question.quiz.slug, question.key, question.version] = question
        if not question.in_lesson:
            at_the_end[question.quiz_id].append(question)
    responses = Response.objects.filter(pk__in={item.id for item in items})
    return Merging(
        student,
        batch,
        timezone.now(),
        by_slug,
        named,
        at_the_end,
        sheets_of(item.attempt for item in items),
        {r.pk: r for r in responses.select_related("attempt__batch")},
        Cards.read(student.pk, named_in(items, named)),
    )


def named_in(
    items: Sequence[AnsweredItem], questions: Mapping[QuestionName, Question]
) -> list[Question]:
    names = {(item.quiz, item.question, item.version) for item in items}
    return [questions[name] for name in names & questions.keys()]
