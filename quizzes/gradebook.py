"""The gradebook of a class: what everybody has for everything it was given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.class_work import Place, Work, work_of
from quizzes.models import Assignment
from quizzes.scores import Score, hides_marks, max_scores, points_text
from quizzes.status import Status, statuses_of
from tendril.accounts.models import User
from tendril.classrooms.models import Classroom, Enrolment, Group


@dataclass(frozen=True)
class Column:
    assignment: Assignment
    # None: there is nothing to score.
    max_score: Decimal | None
    # Whether somebody in it does not see their marks yet.
    hides_marks: bool

    @property
    def max_text(self) -> str:
        return points_text(self.max_score)

    @cached_property
    def students_url(self) -> str:
        """What all its cells' addresses begin with: to reverse each is slow."""
        of_nobody = reverse("quizzes:student_work", args=[self.assignment.pk, 0])
        return of_nobody.removesuffix("0/")


@dataclass(frozen=True)
class Cell:
    status: Status
    score: Score
    column_max: Decimal | None
    url: str

    @property
    def work(self) -> Work:
        return self.status.work

    @property
    def is_given(self) -> bool:
        return self.work.is_given

    @property
    def leads_on(self) -> bool:
        """Whether there is a page about it."""
        return self.is_given or self.work.override is not None

    @property
    def is_hidden(self) -> bool:
        """Whether its student does not see yet what it is the score of."""
        best = self.work.best
        return best is not None and not best.shows_score

    @cached_property
    def score_text(self) -> str:
        return points_text(self.score.points)

    @cached_property
    def remarks(self) -> list[str]:
        """All else that is to be known, in words."""
        if not self.is_given:
            return [_("not given")]
        said = []
        if self.status.needs_help or not self.score_text:
            said.append(str(self.status.state.label))
        if self.score_text and self.score.most != self.column_max:
            said.append(_("of %(points)s") % {"points": self.max_text})
        if self.work.is_late and not self.work.is_excused:
            said.append(_("late"))
        if self.work.is_overridden:
            said.append(_("changed"))
        if self.is_hidden:
            said.append(_("not shown"))
        return said

    @property
    def state(self) -> str:
        return self.status.state.value

    @property
    def max_text(self) -> str:
        return points_text(self.score.most)


@dataclass(frozen=True)
class Row:
    enrolment: Enrolment
    groups: Sequence[str]
    cells: Sequence[Cell]

    @property
    def student(self) -> User:
        return self.enrolment.person

    def beside(self, columns: Sequence[Column]) -> list[tuple[Column, Cell]]:
        return list(zip(columns, self.cells, strict=True))

    @cached_property
    def total(self) -> Score:
        """Of what has a score; what is excused or not handed in is left out."""
        scores = [cell.score for cell in self.cells if cell.score.points is not None]
        if not scores:
            return Score(None, None)
        return Score(
            sum((score.points or Decimal(0) for score in scores), Decimal(0)),
            sum((score.most or Decimal(0) for score in scores), Decimal(0)),
        )

    @property
    def total_text(self) -> str:
        return points_text(self.total.points)

    @property
    def total_max_text(self) -> str:
        return points_text(self.total.most)


@dataclass(frozen=True)
class Gradebook:
    classroom: Classroom
    groups: Sequence[Group]
    columns: Sequence[Column]
    rows: Sequence[Row]

    @property
    def students(self) -> list[User]:
        return [row.student for row in self.rows]

    @property
    def to_release(self) -> list[Column]:
        return [column for column in self.columns if column.hides_marks]


def gradebook_of(
    classroom: Classroom,
    group: Group | None = None,
    student_pk: int | None = None,
    *,
    only_shown: bool = False,
) -> Gradebook:
    """Of all the class, a group or one student; constant queries for any size."""
    seats = classroom.enrolments.students()
    if group:
        seats = seats.filter(groups=group)
    if student_pk is not None:
        seats = seats.filter(person=student_pk)
    enrolments = list(
        seats.select_related("person")
        .prefetch_related("groups")
        .order_by("person__display_name", "person__username")
    )
    given = Assignment.objects.filter(classroom=classroom).with_content()
    assignments = list(given.filter(opens_at__lte=timezone.now()))
    works = work_of(assignments, [seat.person for seat in enrolments])
    statuses = statuses_of(works.values(), only_shown=only_shown)
    columns = columns_of(assignments, works)
    rows = [_row(seat, columns, statuses) for seat in enrolments]
    return Gradebook(classroom, list(classroom.groups.all()), columns, rows)


def _row(
    seat: Enrolment, columns: Iterable[Column], statuses: dict[Place, Status]
) -> Row:
    cells = []
    for column in columns:
        status = statuses[column.assignment.pk, seat.person_id]
        score = Score.of(status.work, column.max_score)
        url = f"{column.students_url}{seat.person_id}/"
        cells.append(Cell(status, score, column.max_score, url))
    return Row(seat, [group.name for group in seat.groups.all()], cells)


def columns_of(
    assignments: Sequence[Assignment], works: dict[Place, Work]
) -> list[Column]:
    in_column = defaultdict(list)
    for work in works.values():
        in_column[work.assignment.pk].append(work)
    most = max_scores(assignments, in_column)
    return [
        Column(each, most[each.pk], any(map(hides_marks, in_column[each.pk])))
        for each in assignments
    ]
