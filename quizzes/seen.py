"""What teachers' books say about one student, for that student to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from quizzes.class_status import Overview, overviews_of
from quizzes.class_work import Work
from quizzes.gradebook import Cell, Column, Gradebook, gradebook_of
from tendril.accounts.models import User
from tendril.classrooms.models import Classroom, Enrolment


@dataclass(frozen=True)
class OwnRow:
    """A row of a gradebook, upright; marks that are not shown yet stay unshown."""

    book: Gradebook

    @property
    def lines(self) -> Sequence[tuple[Column, Cell, bool]]:
        """Each with whether it is kept back."""
        return [
            (column, cell, keeps_marks_back(cell.work))
            for column, cell in self.book.rows[0].beside(self.book.columns)
        ]

    @property
    def total(self) -> str:
        """Nothing while it holds what its student is not told yet."""
        row = self.book.rows[0]
        if any(keeps_marks_back(cell.work) for cell in row.cells):
            return ""
        return str(row.total.text)


@dataclass(frozen=True)
class OwnStatus:
    """A row of where a class stands, without what its student is not told yet."""

    classroom: Classroom
    overview: Overview
    keeps_back: bool

    @property
    def rows(self) -> list[Overview]:
        return [self.overview]


def keeps_marks_back(work: Work) -> bool:
    """Whether a teacher sees marks in it that its student is not shown yet."""
    if work.assignment.holds_marks_back and work.override:
        return True
    return any(
        attempt.marks_shown_at is None
        and bool(attempt.handed_in_at or attempt.wrong or attempt.right)
        for attempt in work.attempts
    )


def rows_of_status(student: User) -> list[OwnStatus]:
    rows = []
    for classroom in classes_of(student):
        [overview] = overviews_of(classroom, [student], only_shown=True)
        told = [s for s in overview.statuses if not keeps_marks_back(s.work)]
        keeps_back = len(told) < len(overview.statuses)
        rows.append(OwnStatus(classroom, replace(overview, statuses=told), keeps_back))
    return rows


def classes_of(student: User) -> QuerySet[Classroom]:
    return Classroom.objects.open().filter(
        enrolments__person=student, enrolments__role=Enrolment.Role.STUDENT
    )


def rows_in_books(student: User) -> list[OwnRow]:
    """The student's row in each gradebook of the classes they are in now."""
    books = [
        gradebook_of(each, student_pk=student.pk, only_shown=True)
        for each in classes_of(student)
    ]
    return [OwnRow(book) for book in books if book.columns and book.rows]
