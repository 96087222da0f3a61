"""What a class has done of what it was given, fetched at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lessons.models import Progress
from quizzes.allowances import Allowance
from quizzes.models import Assignment, Attempt, Extension, Override, Response
from quizzes.taken import Taken
from tendril.accounts.models import User

IS_RIGHT = Q(points=F("question__points"))

# The keys of an assignment and of a student.
Place = tuple[int, int]
# The keys of a class and of a student in it.
Seat = tuple[int, int]


@dataclass
class Work:
    """What one student has done of one assignment, and what a teacher said of it."""

    assignment: Assignment
    student: User
    # Whether it is meant for this student, or was when they began.
    is_given: bool = True
    # The oldest first.
    attempts: list[Taken] = field(default_factory=list)
    # Whether its lesson was opened, and when it was read to the end.
    has_opened: bool = False
    read_at: dt.datetime | None = None
    extension: Extension | None = None
    # The newest.
    override: Override | None = None

    @property
    def place(self) -> Place:
        return self.assignment.pk, self.student.pk

    @property
    def handed_in(self) -> list[Taken]:
        return [attempt for attempt in self.attempts if attempt.handed_in_at]

    @property
    def best(self) -> Taken | None:
        return max(self.handed_in, key=lambda attempt: attempt.score, default=None)

    @property
    def is_begun(self) -> bool:
        return bool(self.attempts) or self.has_opened

    @property
    def done_at(self) -> dt.datetime | None:
        """When all that was given was done for the first time."""
        needed: list[dt.datetime | None] = []
        if self.assignment.quiz_id:
            ends = [a.handed_in_at for a in self.attempts if a.handed_in_at]
            needed.append(min(ends, default=None))
        if self.assignment.lesson_id:
            needed.append(self.read_at)
        known = [moment for moment in needed if moment]
        return max(known) if len(known) == len(needed) else None

    @cached_property
    def allowance(self) -> Allowance:
        return Allowance.of(self.assignment, self.extension)

    @property
    def is_late(self) -> bool:
        due_at = self.allowance.due_at
        return bool(due_at and self.done_at and self.done_at > due_at)

    @property
    def is_over(self) -> bool:
        """Whether it is closed for this student."""
        return self.allowance.is_over

    @property
    def is_excused(self) -> bool:
        return self._says(Override.Kind.EXCUSED)

    @property
    def is_overridden(self) -> bool:
        return self._says(Override.Kind.SCORE)

    @property
    def is_decided(self) -> bool:
        return self.is_excused or self.is_overridden

    def _says(self, kind: Override.Kind) -> bool:
        return self.override is not None and self.override.kind == kind


def work_of(
    assignments: Sequence[Assignment],
    students: Sequence[User],
    seats: Collection[Seat] | None = None,
) -> dict[Place, Work]:
    """Everything of all of them; the same number of queries for any number.

    With ``seats`` only what the class of each seat was given.
    """
    given = _given_to_some(assignments)
    works = {
        (each.pk, student.pk): Work(
            each,
            student,
            each.audience == Assignment.Audience.CLASS
            or (each.pk, student.pk) in given,
        )
        for each in assignments
        for student in students
        if seats is None or (each.classroom_id, student.pk) in seats
    }
    _add_attempts(works, assignments)
    _add_words(works, assignments, students)
    _add_reading(works, assignments, students)
    return works


def _given_to_some(assignments: Iterable[Assignment]) -> set[Place]:
    some = [a.pk for a in assignments if a.audience == Assignment.Audience.SOME]
    if not some:
        return set()
    groups = Assignment.groups.through.objects.filter(assignment__in=some)
    people = Assignment.students.through.objects.filter(assignment__in=some)
    in_group = groups.values_list("assignment_id", "group__members__person_id")
    return {*in_group, *people.values_list("assignment_id", "user_id")}


def _add_attempts(works: dict[Place, Work], assignments: Sequence[Assignment]) -> None:
    attempts = Attempt.objects.filter(assignment__in=assignments)
    counted = attempts.annotate(
        wrong=_count(~IS_RIGHT, Response.objects.marked()),
        right=_count(IS_RIGHT, Response.objects.marked()),
    )
    rows = counted.order_by("started_at").values_list(
        "assignment", "student", "pk", *Taken._fields[1:]
    )
    for assignment, student, *taken in rows:
        if work := works.get((assignment or 0, student)):
            work.is_given = True
            work.attempts.append(Taken._make(taken))


def _count(which: Q, responses: QuerySet[Response]) -> Coalesce:
    """Of one sitting by itself: to group all answers at once is twice as slow."""
    counting = responses.filter(which, attempt=OuterRef("pk"), counts=True)
    counted = counting.order_by().values("attempt").annotate(count=Count("pk"))
    return Coalesce(Subquery(counted.values("count")), 0)


def _add_words(
    works: dict[Place, Work],
    assignments: Sequence[Assignment],
    students: Sequence[User],
) -> None:
    """The newest override, and what was allowed beyond the rules."""
    of_these = {"assignment__in": assignments, "student__in": students}
    for override in Override.objects.filter(**of_these).order_by("pk"):
        if work := works.get((override.assignment_id, override.student_id)):
            work.override = override
    for extension in Extension.objects.filter(**of_these):
        if work := works.get((extension.assignment_id, extension.student_id)):
            work.extension = extension


def _add_reading(
    works: dict[Place, Work],
    assignments: Sequence[Assignment],
    students: Sequence[User],
) -> None:
    giving = defaultdict(list)
    for each in assignments:
        if each.lesson_id:
            giving[each.lesson_id].append(each.pk)
    if not giving:
        return
    read = Progress.objects.filter(lesson__in=giving, student__in=students)
    for lesson, student, moment in read.values_list("lesson", "student", "finished_at"):
        for assignment in giving[lesson]:
            if work := works.get((assignment, student)):
                work.has_opened, work.read_at = True, moment
