"""Where every student of a class stands with all that is open for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizzes.class_work import work_of
from quizzes.models import Assignment
from quizzes.status import Help, State, Status, help_in, statuses_of
from tendril.accounts.models import User
from tendril.classrooms.models import Classroom

URGENCY = {state: number for number, state in enumerate(State)}


def joint_state(statuses: Iterable[Status]) -> State | None:
    states = {status.state for status in statuses}
    if len(asked := states - {State.EXCUSED}) < 2:
        return next(iter(asked or states), None)
    return State.NEEDS_HELP if State.NEEDS_HELP in asked else State.STARTED


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
        return joint_state(self.statuses)

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
    seats = [(classroom.pk, student) for student in students]
    overviews = overviews_in(seats, only_shown=only_shown)
    return sorted(overviews, key=lambda overview: overview.urgency)


def overviews_in(
    seats: Sequence[tuple[int, User]], *, only_shown: bool = False
) -> list[Overview]:
    """Of each of these, by the key of a class and who learns there, in their order."""
    places = {(classroom, student.pk) for classroom, student in seats}
    students = {student.pk: student for _classroom, student in seats}
    classes = {classroom for classroom, _student in seats}
    open_now = Assignment.objects.filter(classroom__in=classes).open().with_content()
    works = work_of(list(open_now), list(students.values()), places).values()
    mine = defaultdict(list)
    given = [work for work in works if work.is_given]
    for status in statuses_of(given, only_shown=only_shown).values():
        mine[status.assignment.classroom_id, status.student.pk].append(status)
    return [
        _overview(student, mine[classroom, student.pk]) for classroom, student in seats
    ]


def _overview(student: User, statuses: Sequence[Status]) -> Overview:
    return Overview(student, sorted(statuses, key=lambda each: URGENCY[each.state]))


@dataclass(frozen=True)
class ClassState:
    """How far a class is with one assignment, and who needs help with it."""

    state: State | None
    help: Help


def states_of(
    classroom: Classroom, given: Sequence[Assignment]
) -> dict[int, ClassState]:
    """Of these that it was given, by their keys; constant queries."""
    works = work_of(given, students_of(classroom)).values()
    by_assignment: dict[int, list[Status]] = {each.pk: [] for each in given}
    for status in statuses_of(work for work in works if work.is_given).values():
        by_assignment[status.assignment.pk].append(status)
    return {
        pk: ClassState(joint_state(statuses), help_in(statuses))
        for pk, statuses in by_assignment.items()
    }
