"""A sitting that a signed-out reader carries in a signed field of the page."""

from __future__ import annotations

import uuid

from django.core import signing

from quizzes.kinds import kind_of
from quizzes.models import Quiz
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


def sitting_from(token: str, quiz: Quiz) -> Sitting:
    """The sitting that a token stands for. Raises SittingLost."""
    try:
        state = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise SittingLost from error
    questions = quiz.questions.prefetch_related("choices").in_bulk(state["questions"])
    # Also where the token is another quiz's, whose questions this one lacks.
    if len(questions) != len(state["questions"]):
        raise SittingLost
    ordered = [questions[pk] for pk in state["questions"]]
    sitting = Sitting(quiz, uuid.UUID(state["id"]), state["seed"], ordered)
    sitting.hinted = set(state["hinted"])
    for pk, answer in state["answers"].items():
        question = questions[int(pk)]
        # A load may have put other choices in place of the ones picked.
        if kind_of(question).is_answer(question, answer):
            add_mark(sitting, question, answer)
    return sitting
