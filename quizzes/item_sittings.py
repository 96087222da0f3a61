"""What an assignment asked in each sitting, and what that earned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from quizzes.answers import Answer
from quizzes.marking import fetch_keys
from quizzes.models import Assignment, Attempt, Question, Response
from quizzes.recalls import Name, name_of


@dataclass
class Sitting:
    student: int
    asked: dict[Name, Question] = field(default_factory=dict)
    answers: dict[Name, Answer] = field(default_factory=dict)
    shares: dict[Name, float] = field(default_factory=dict)


def sittings_of(assignment: Assignment) -> list[Sitting]:
    """Those handed in, in the order in which they began; five queries at the most."""
    attempts = assignment.attempts.handed_in().order_by("started_at", "pk")
    rows = attempts.values_list("pk", "student")
    found = {pk: Sitting(student) for pk, student in rows}
    questions = _asked(found, assignment)
    responses = Response.objects.marked().filter(counts=True, attempt__in=attempts)
    answers = responses.order_by().values_list(
        "attempt_id", "question_id", "answer", "points"
    )
    for attempt, pk, answer, points in answers.iterator(10_000):
        question = questions.get(pk)
        # One more may have been handed in since.
        if question and attempt in found:
            name = name_of(question)
            found[attempt].answers[name] = answer
            found[attempt].shares[name] = float(points) / question.points
    return list(found.values())


def _asked(
    found: Mapping[UUID, Sitting], assignment: Assignment
) -> dict[int, Question]:
    asks = Attempt.questions.through.objects.filter(attempt__assignment=assignment)
    rows = list(asks.values_list("attempt_id", "question_id"))
    questions = Question.objects.in_bulk({pk for _, pk in rows})
    fetch_keys(questions.values())
    for attempt, pk in rows:
        if attempt in found:
            found[attempt].asked[name_of(questions[pk])] = questions[pk]
    return questions
