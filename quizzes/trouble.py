"""Where in a lesson the wrong answers of a teacher's students gather."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, QuerySet
from django.urls import reverse

from lessons.models import Lesson, Passage
from quizzes.models import Assignment, Question, Response
from quizzes.recalls import Name, name_of
from tendril.accounts.models import User
from tendril.classrooms.access import students_taught_by

# Fewer could be told by name.
LEAST_STUDENTS = 3


@dataclass(frozen=True)
class Missed:
    question: Question
    # Where the answers to it are, if any were handed in for an assignment.
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
    pairs = wrong.order_by("question", "attempt__student").distinct()
    rows = list(pairs.values_list("question", "attempt__student"))
    questions = Question.objects.in_bulk({pk for pk, _ in rows})
    students: defaultdict[str, set[int]] = defaultdict(set)
    missed: defaultdict[str, dict[str, Question]] = defaultdict(dict)
    for pk, student in rows:
        question = questions[pk]
        for key in question.passages:
            students[key].add(student)
            missed[key][question.key] = question
    gathered = [key for key in students if len(students[key]) >= LEAST_STUDENTS]
    if not gathered:
        return []
    assignments = _most_wrong_in(wrong, teacher)
    return [
        Trouble(
            passage,
            len(students[passage.key]),
            list(_reported(missed[passage.key].values(), assignments)),
        )
        for passage in Passage.objects.filter(lesson=lesson, key__in=gathered)
    ]


def _wrong_answers(lesson: Lesson, teacher: User) -> QuerySet[Response]:
    return (
        Response.objects.standing()
        .marked()
        .filter(
            counts=True,
            question__quiz__lesson=lesson,
            points__lt=F("question__points"),
            attempt__student__in=students_taught_by(teacher),
        )
    )


def _most_wrong_in(wrong: QuerySet[Response], teacher: User) -> dict[Name, int]:
    """For each question the assignment in which most handed in a wrong answer."""
    handed_in = wrong.filter(
        attempt__assignment__in=Assignment.objects.taught_by(teacher),
        attempt__handed_in_at__isnull=False,
    )
    names = handed_in.order_by().values_list(
        "question__quiz", "question__key", "attempt__assignment"
    )
    counted = names.annotate(students=Count("attempt__student", distinct=True))
    rows = counted.order_by("students", "attempt__assignment")
    return {(quiz, key): assignment or 0 for quiz, key, assignment, _ in rows}


def _reported(
    questions: Iterable[Question], assignments: Mapping[Name, int]
) -> Iterator[Missed]:
    for question in questions:
        given = assignments.get(name_of(question))
        where = [given, question.pk]
        url = reverse("quizzes:question_report", args=where) if given else ""
        yield Missed(question, url)
