"""Marking an answer by the kind of its question."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from quizzes.answers import Answer, Kind, NotAnAnswer
from quizzes.kinds import KINDS
from quizzes.models import Question, Quiz

CENT = Decimal("0.01")
MOST_SEED = 2**31 - 1
# Far more than any question asks for.
MOST_VALUES = 60


def kind_of(question: Question) -> Kind:
    return KINDS[question.kind]


def new_seed() -> int:
    return secrets.randbelow(MOST_SEED)


def seed_of_checks(quiz: Quiz) -> int:
    """One for everybody: nothing remembers another before the answer is in."""
    return quiz.pk


def draw_of(seed: int, question: Question) -> random.Random:
    """What orders a question's choices in a sitting with this seed."""
    # Text, not a tuple: hashes of tuples differ between processes.
    return random.Random(f"{seed}:{question.key}")  # noqa: S311


def points_of(question: Question, answer: Answer) -> Decimal:
    """What an answer earns, by the best answer key there is for this version."""
    return points_by(question.marking_version, question, answer)


def points_by(key: Question, question: Question, answer: Answer) -> Decimal:
    """What an answer to one version earns by the answer key of another."""
    share = kind_of(question).grade(key.body, answer)
    points = Decimal(share.numerator * question.points) / share.denominator
    return points.quantize(CENT, ROUND_HALF_UP)


def read(question: Question, raw: list[str]) -> Answer:
    """The answer that a form sent; empty if nothing was. Raises NotAnAnswer."""
    if len(raw) > MOST_VALUES:
        raise NotAnAnswer(
            _("That is more than this question asks for. Answer it below.")
        )
    return kind_of(question).read(question.body, raw)


def is_answer(question: Question, answer: Answer) -> bool:
    """Whether it answers this question, in the form in which answers are kept."""
    try:
        read_again = kind_of(question).read(question.body, answer)
    except NotAnAnswer:
        return False
    return bool(read_again) and read_again == answer


def fetch_keys(questions: Iterable[Question]) -> None:
    """Fetch better answer keys along, where there are any; one query at the most."""
    if corrected := [question for question in questions if question.marked_by_id]:
        prefetch_related_objects(corrected, "marked_by")


def readable(question: Question, answer: Answer) -> str:
    return kind_of(question).readable(question.body, answer)
