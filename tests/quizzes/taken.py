"""Sittings of an assignment, by how many answers were wrong and how many right."""

from datetime import timedelta

from django.utils import timezone

from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    QuestionFactory,
    QuizFactory,
    ResponseFactory,
)

HOUR = timedelta(hours=1)


def given(classroom, questions=6, **rules):
    quiz = QuizFactory(closed=True)
    QuestionFactory.create_batch(questions, quiz=quiz)
    return AssignmentFactory(classroom=classroom, quiz=quiz, **rules)


def take(assignment, student, *, wrong=0, right=0, open_=False, hours_ago=5):
    """The first questions are answered wrong, those after them right."""
    began = timezone.now() - hours_ago * HOUR
    questions = list(assignment.quiz.questions.order_by("position"))
    taken = AttemptFactory(
        assigned=True,
        assignment=assignment,
        student=student,
        started_at=began,
        handed_in_at=None if open_ else began + HOUR / 2,
        marks_shown_at=began if assignment.marks_at_once else None,
        score=right,
        max_score=len(questions),
    )
    for number, question in enumerate(questions[: wrong + right]):
        ResponseFactory(
            attempt=taken,
            question=question,
            points=int(number >= wrong),
            answer=["right" if number >= wrong else "wrong"],
            answered_at=began + HOUR / 4,
        )
    return taken
