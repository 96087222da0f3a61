"""Answers that are marked, for tests about marking them again."""

from decimal import Decimal

from quizzes import disputes, marking_again
from quizzes.marking import points_of, readable
from quizzes.models import Correction
from tests.factories import AttemptFactory, ResponseFactory


def answered(question, *answers, students=None, **attempt):
    """One sitting an answer, each marked by the key there is; the responses."""
    return [
        answer_in(
            AttemptFactory(
                **{"quiz": question.quiz, "questions": [question], "handed_in": True}
                | ({"student": students[number]} if students else {})
                | attempt
            ),
            question,
            answer,
        )
        for number, answer in enumerate(answers)
    ]


def answer_in(attempt, question, answer, **response):
    points = points_of(question, answer)
    row = ResponseFactory(
        attempt=attempt,
        question=question,
        answer=answer,
        readable_answer=readable(question, answer),
        points=points,
        marked_with=question.marked_by,
        **response,
    )
    counted = attempt.responses.filter(counts=True, marked_at__isnull=False)
    attempt.score = sum((r.points for r in counted), Decimal(0))
    attempt.save(update_fields=["score"])
    return row


def points(responses):
    for response in responses:
        response.refresh_from_db()
    return [int(response.points) for response in responses]


def scores(responses):
    for response in responses:
        response.attempt.refresh_from_db()
    return [int(response.attempt.score) for response in responses]


def contest(response, why="It says so in the lesson."):
    return disputes.raise_dispute(response=response, why=why)


def mark_all():
    """What the worker does once the transaction is over."""
    for correction in Correction.objects.filter(finished_at=None):
        marking_again.mark_again(correction)
