"""What was hard for a student lately and what is due, for the family."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from lessons.family import LATELY
from lessons.models import Lesson, Passage
from quizzes import assignments
from quizzes.assignments import Standing
from quizzes.models import Question, Response
from tendril.accounts.models import User

MOST = 5
# How long after it closed it is told that something was not done.
MISSED_FOR = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Hard:
    """A place in a lesson, and how many questions about it went wrong."""

    lesson: Lesson
    passage: Passage | None
    count: int

    @property
    def url(self) -> str:
        url = self.lesson.get_absolute_url()
        return f"{url}#{self.passage.key}" if self.passage else url


def hard_lately(student: User) -> list[Hard]:
    """Where questions were missed in the last seven days, the most missed first.

    A question that was answered in full since is hard no more, and what the
    student may not know yet stands here neither.
    """
    missed = _missed(student)
    lessons = {q.quiz.lesson for q in missed if q.quiz.lesson}
    passages = _passages(lessons)
    counts: dict[tuple[Lesson, Passage | None], int] = defaultdict(int)
    for question in missed:
        if lesson := question.quiz.lesson:
            key = question.passages[0] if question.passages else ""
            counts[lesson, passages.get((lesson.pk, key))] += 1
    found = [Hard(*place, count) for place, count in counts.items()]
    return sorted(found, key=lambda hard: -hard.count)[:MOST]


def _missed(student: User) -> list[Question]:
    """By its latest answer, each question once."""
    since = timezone.now() - LATELY
    answers = Response.objects.shown().of(student).filter(answered_at__gte=since)
    latest: dict[tuple[int, str], Response] = {}
    for response in answers.select_related("question__quiz__lesson").defer(
        "question__quiz__lesson__html"
    ):
        question = response.question
        latest[question.quiz_id, question.key] = response
    return [r.question for r in latest.values() if r.points < r.question.points]


def _passages(lessons: set[Lesson]) -> dict[tuple[int, str], Passage]:
    """By lesson and every key that they have, or had once."""
    found = {}
    for passage in Passage.objects.filter(lesson__in=lessons):
        for key in [*passage.aliases, passage.key]:
            found[passage.lesson_id, key] = passage
    return found


@dataclass(frozen=True, slots=True)
class Given:
    # Not done yet, the next to close first.
    due: list[Standing]
    # Closed lately, and not done; the last to close first.
    missed: list[Standing]
    # What a teacher lets count in place of the answers.
    decided: list[Standing]


def given_to(student: User) -> Given:
    """What a class has given; what a teacher decided is due no more."""
    given = assignments.assigned_to(student, since=MISSED_FOR)
    left = [each for each in given if not each.is_settled]
    due = [each for each in left if not each.allowance.is_over]
    missed = [each for each in left if each.allowance.is_over]
    missed.sort(key=_closed_at, reverse=True)
    decided = [each for each in given if each.word]
    return Given(due[:MOST], missed[:MOST], decided[:MOST])


def _closed_at(standing: Standing) -> dt.datetime:
    return standing.allowance.closes_at or standing.allowance.opens_at
