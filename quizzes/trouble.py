"""Where in a lesson the wrong answers of a teacher's students gather."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F
from django.urls import reverse

from lessons.models import Lesson, Passage
from quizzes.models import Assignment, Question, Response
from tendril.accounts.models import User
from tendril.classrooms.access import students_taught_by

# Fewer could be told by name.
LEAST_STUDENTS = 3


@dataclass(frozen=True)
class Missed:
    question: Question
    # Where the answers to it are, if an assignment asked it.
    report_url: str


@dataclass(frozen=True)
class Trouble:
    """A passage, and how many different students were wrong about it."""

    passage: Passage
    students: int
    missed: Sequence[Missed]

    @property
    def report_url(self) -> str:
        return next((each.report_url for each in self.missed if each.report_url), "")


def trouble_in(lesson: Lesson, teacher: User) -> list[Trouble]:
    """In the order of the text; four queries."""
    wrong = _wrong_answers(lesson, teacher)
    questions = Question.objects.in_bulk({pk for pk, _ in wrong})
    students: defaultdict[str, set[int]] = defaultdict(set)
    missed: defaultdict[str, dict[str, Question]] = defaultdict(dict)
    for pk, student in wrong:
        question = questions[pk]
        for key in question.passages:
            students[key].add(student)
            missed[key][question.key] = question
    gathered = [key for key in students if len(students[key]) >= LEAST_STUDENTS]
    if not gathered:
        return []
    assignments = list(_assignments(lesson, teacher))
    return [
        Trouble(
            passage,
            len(students[passage.key]),
            list(_reported(missed[passage.key].values(), assignments)),
        )
        for passage in Passage.objects.filter(lesson=lesson, key__in=gathered)
    ]


def _wrong_answers(lesson: Lesson, teacher: User) -> list[tuple[int, int]]:
    """Question and student, each pair once."""
    wrong = (
        Response.objects.standing()
        .marked()
        .filter(
            counts=True,
            question__quiz__lesson=lesson,
            points__lt=F("question__points"),
            attempt__student__in=students_taught_by(teacher),
        )
    )
    pairs = wrong.order_by("question", "attempt__student").distinct()
    return list(pairs.values_list("question", "attempt__student"))


def _assignments(lesson: Lesson, teacher: User) -> Iterable[Assignment]:
    return Assignment.objects.taught_by(teacher).filter(quiz__lesson=lesson)


def _reported(
    questions: Iterable[Question], assignments: Sequence[Assignment]
) -> Iterator[Missed]:
    for question in questions:
        given = next((a for a in assignments if _asks(a, question)), None)
        where = [given.pk, question.pk] if given else None
        url = reverse("quizzes:question_report", args=where) if where else ""
        yield Missed(question, url)


def _asks(assignment: Assignment, question: Question) -> bool:
    keys = assignment.question_keys
    return not question.in_lesson and (not keys or question.key in keys)
