"""What teachers' books say about one student, for that student to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.gradebook import Cell, Column, Gradebook, gradebook_of
from tendril.accounts.models import User
from tendril.classrooms.models import Classroom, Enrolment


@dataclass(frozen=True)
class OwnRow:
    """A row of a gradebook, upright; marks that are not shown yet stay unshown."""

    book: Gradebook

    @property
    def lines(self) -> Sequence[tuple[Column, Cell]]:
        return self.book.rows[0].beside(self.book.columns)

    @property
    def total(self) -> str:
        """Nothing while it holds what its student is not told yet."""
        row = self.book.rows[0]
        if any(cell.is_hidden for cell in row.cells):
            return ""
        return str(row.total.text)


def rows_in_books(student: User) -> list[OwnRow]:
    """The student's row in each gradebook of the classes they are in now."""
    classrooms = Classroom.objects.open().filter(
        enrolments__person=student, enrolments__role=Enrolment.Role.STUDENT
    )
    books = [gradebook_of(each, student_pk=student.pk) for each in classrooms]
    return [OwnRow(book) for book in books if book.columns and book.rows]
