"""Where every student of a class stands with all that is open for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from quizzes.class_work import work_of
from quizzes.models import Assignment
from quizzes.status import State, Status, statuses_of
from tendril.accounts.models import User
from tendril.classrooms.models import Classroom

URGENCY = {state: number for number, state in enumerate(State)}


@dataclass(frozen=True)
class Overview:
    """One student's; the most urgent first."""

    student: User
    statuses: Sequence[Status]

    @property
    def first(self) -> Status | None:
        """What to look at."""
        return self.statuses[0] if self.statuses else None

    @property
    def state(self) -> State | None:
        """How far they are with all of it; None where nothing is open."""
        states = {status.state for status in self.statuses}
        if len(asked := states - {State.EXCUSED}) < 2:
            return next(iter(asked or states), None)
        return State.NEEDS_HELP if State.NEEDS_HELP in asked else State.STARTED

    @property
    def done(self) -> int:
        return sum(status.state == State.DONE for status in self.statuses)

    @property
    def asked(self) -> int:
        return sum(status.state != State.EXCUSED for status in self.statuses)

    @property
    def urgency(self) -> int:
        return URGENCY[self.state] if self.state else len(URGENCY)


def students_of(classroom: Classroom) -> list[User]:
    seats = classroom.enrolments.students()
    people = User.objects.filter(pk__in=seats.values("person"))
    return list(people.order_by("display_name", "username"))


def overviews_of(
    classroom: Classroom,
    students: list[User] | None = None,
    *,
    only_shown: bool = False,
) -> list[Overview]:
    """Everybody in the class or these, who needs help first; constant queries."""
    students = students_of(classroom) if students is None else students
    assignments = Assignment.objects.filter(classroom=classroom).open().with_content()
    mine = defaultdict(list)
    works = work_of(list(assignments), students).values()
    given = [work for work in works if work.is_given]
    for status in statuses_of(given, only_shown=only_shown).values():
        mine[status.student.pk].append(status)
    return sorted(
        (_overview(student, mine[student.pk]) for student in students),
        key=lambda overview: overview.urgency,
    )


def _overview(student: User, statuses: Sequence[Status]) -> Overview:
    return Overview(student, sorted(statuses, key=lambda each: URGENCY[each.state]))
