"""Asking students to read the passage again that settles what they missed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from lessons.models import Passage
from quizzes.models import Assignment, Question, SendBack
from tendril.accounts.models import User

MOST_SHOWN = 20


@dataclass(frozen=True)
class Errand:
    """What a student is asked to read again."""

    send_back: SendBack
    # None where the lesson has lost it since.
    passage: Passage | None

    @property
    def url(self) -> str:
        question = self.send_back.question
        lesson = question.quiz.lesson
        return f"{lesson.get_absolute_url()}#{question.passages[0]}" if lesson else ""


def has_passage(question: Question) -> bool:
    """Whether a lesson that is there says what is right."""
    lesson = question.quiz.lesson
    return bool(question.passages and lesson and lesson.retired_at is None)


def send_back(
    *, assignment: Assignment, question: Question, students: Iterable[User], by: User
) -> None:
    """Ask each to read it again; whoever has not done so yet is not asked twice."""
    SendBack.objects.bulk_create(
        [
            SendBack(
                assignment=assignment, question=question, student=student, made_by=by
            )
            for student in students
        ],
        ignore_conflicts=True,
    )


def sent_back(
    assignment: Assignment, question: Question, students: Collection[User]
) -> dict[int, SendBack]:
    """The newest for each of these students, by their primary key."""
    rows = SendBack.objects.filter(
        assignment=assignment,
        question__quiz=question.quiz_id,
        question__key=question.key,
        student__in=students,
    )
    return {row.student_id: row for row in rows.order_by("made_at", "pk")}


def are_reading(
    students: Iterable[User], sent_back: Mapping[int, SendBack]
) -> list[User]:
    """Those who are asked to read it again, and have not done so yet."""
    return [
        student
        for student in students
        if (sent := sent_back.get(student.pk)) and sent.done_at is None
    ]


def errands_of(student: User) -> list[Errand]:
    """What this student has not read again yet; two queries."""
    rows = list(
        SendBack.objects.filter(
            student=student, done_at=None, question__quiz__lesson__retired_at=None
        )
        .select_related("question__quiz__lesson", "made_by")
        .defer("question__quiz__lesson__html")[:MOST_SHOWN]
    )
    rows = [row for row in rows if has_passage(row.question)]
    passages = _passages([row.question for row in rows])
    return [
        Errand(
            row, passages.get((row.question.quiz.lesson_id, row.question.passages[0]))
        )
        for row in rows
    ]


def _passages(
    questions: Collection[Question],
) -> dict[tuple[int | None, str], Passage]:
    if not questions:
        return {}
    rows = Passage.objects.filter(
        lesson__in={question.quiz.lesson_id for question in questions},
        key__in={question.passages[0] for question in questions},
    )
    return {(row.lesson_id, row.key): row for row in rows}


def mark_read(*, student: User, pks: Collection[int]) -> None:
    """The student has read these again; somebody else's stay as they are."""
    mine = SendBack.objects.filter(student=student, pk__in=pks, done_at=None)
    mine.update(done_at=timezone.now())
