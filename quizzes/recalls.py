"""What students remembered of questions, from all the answers they have given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from quizzes.models import Question, Response
from quizzes.prepared import Prepared
from quizzes.remembering import Recall

# A quiz and a key: one question through all its versions.
Name = tuple[int, str]


def name_of(question: Question) -> Name:
    return question.quiz_id, question.key


def recalls_of(
    students: Collection[int], names: Collection[Name]
) -> defaultdict[tuple[int, Name], list[Recall]]:
    """All that counts of what each answered to these, whatever version and sitting.

    What an assignment's closed quiz asks at the end never comes back.
    """
    quizzes, keys = {quiz for quiz, _ in names}, {key for _, key in names}
    rows: Iterable[Sequence[Any]]
    if len(students) == len(quizzes) == 1:
        rows = of_one_student.tuples(*students, *quizzes, *keys)
    else:
        rows = answers_to(students, quizzes, keys)
    found: defaultdict[tuple[int, Name], list[Recall]] = defaultdict(list)
    for student, quiz, key, answered_at, points, most, *aids in rows:
        if (quiz, key) in names:
            recall = Recall.of(answered_at, points, most, is_aided=any(aids))
            found[student, (quiz, key)].append(recall)
    return found


def answers_to(
    students: Collection[int], quizzes: Collection[int], keys: Collection[str]
) -> QuerySet[Response, tuple[Any, ...]]:
    return (
        Response.objects.shown()
        .open_to_anyone()
        .filter(
            attempt__student__in=students,
            question__quiz__in=quizzes,
            question__key__in=keys,
        )
        .order_by()
        .values_list(
            "attempt__student",
            "question__quiz",
            "question__key",
            "answered_at",
            "points",
            "question__points",
            "with_hint",
            "with_help",
        )
    )


of_one_student = Prepared(
    lambda student, quiz, *keys: answers_to([student], [quiz], keys)
)
