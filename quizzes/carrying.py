"""A sitting that a signed-out reader carries in a signed field of the page."""

from __future__ import annotations

import uuid

from django.core import signing

from quizzes.models import Attempt, Question, Quiz
from quizzes.sittings import Sitting, add_mark

SALT = "quizzes.sitting"


class SittingLost(Exception):
    """What came back is not what we gave out."""


def to_token(sitting: Sitting) -> str:
    """All that marking the next answer needs; it holds no right answers."""
    state = {
        "id": str(sitting.id),
        "seed": sitting.seed,
        "questions": [question.pk for question in sitting.questions],
        "answers": {str(pk): mark.answer for pk, mark in sitting.marks.items()},
        "hinted": sorted(sitting.hinted),
    }
    return signing.dumps(state, salt=SALT, compress=True)


def sitting_from(token: str, quiz: Quiz | None) -> Sitting:
    """The sitting that a token stands for; no quiz, a review. Raises SittingLost."""
    try:
        state = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise SittingLost from error
    asked = Question.objects.open_to_anyone().select_related("marked_by")
    if quiz is None:
        asked = asked.select_related("quiz__lesson").defer("quiz__lesson__html")
    else:
        asked = asked.filter(quiz=quiz)
    questions = asked.in_bulk(state["questions"])
    # Also where the token is another quiz's, whose questions this one lacks, and
    # where the quiz was closed meanwhile.
    if len(questions) != len(state["questions"]):
        raise SittingLost
    ordered = [questions[pk] for pk in state["questions"]]
    sitting = Sitting(quiz, uuid.UUID(state["id"]), state["seed"], ordered)
    if quiz is None:
        sitting.purpose = Attempt.Purpose.REVIEW
    sitting.hinted = set(state["hinted"])
    if quiz:
        for question in ordered:
            question.quiz = quiz
    for pk, answer in state["answers"].items():
        add_mark(sitting, questions[int(pk)], answer)
    return sitting
