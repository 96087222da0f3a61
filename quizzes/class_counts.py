"""What a class was given: how far all of it is, in numbers without names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from quizzes.models import Assignment, Attempt, Override
from quizzes.standings import Read, read_by
from tendril.classrooms.models import Classroom

# Students by assignment, both by their keys.
Students = dict[int, set[int]]


@dataclass(frozen=True)
class ClassWork:
    assignment: Assignment
    # How many it is asked of, how many of them have begun, and done all of it.
    meant: int
    begun: int
    done: int

    @property
    def is_waiting(self) -> bool:
        return not self.assignment.is_open and not self.assignment.is_over

    @property
    def share(self) -> int:
        """In percent."""
        return round(100 * self.done / self.meant) if self.meant else 0


def work_of(classroom: Classroom) -> list[ClassWork]:
    """All that it was given, the newest first; a handful of queries."""
    given = list(classroom.assignments.with_content())
    seats = classroom.enrolments.students()
    learning = set(seats.values_list("person", flat=True))
    meant = recipients_of(given, learning)
    begun = sat_by(Attempt.objects.standing(), given)
    handed_in = sat_by(Attempt.objects.handed_in(), given)
    read = read_by(learning, given)
    excused, scored = decided_on(given)
    works = []
    for each in given:
        asked = meant[each.pk] - excused[each.pk]
        has_done = done(each, handed_in, read) | scored[each.pk]
        counts = asked, asked & begun[each.pk], asked & has_done
        works.append(ClassWork(each, *map(len, counts)))
    return works


def open_work_of(classroom: Classroom) -> list[ClassWork]:
    """What is open, the next to be due first."""
    works = [work for work in work_of(classroom) if work.assignment.is_open]
    return sorted(works, key=_by_end)


def _by_end(work: ClassWork) -> tuple[bool, float]:
    ends_at = work.assignment.due_at or work.assignment.closes_at
    return ends_at is None, ends_at.timestamp() if ends_at else 0


def recipients_of(given: Iterable[Assignment], learning: Collection[int]) -> Students:
    """Those for whom each is meant, of these students of its class."""
    meant: Students = defaultdict(set)
    some = []
    for each in given:
        if each.audience == Assignment.Audience.CLASS:
            meant[each.pk] = set(learning)
        else:
            some.append(each.pk)
    through = Assignment.objects.filter(pk__in=some)
    named = through.values_list("pk", "students")
    grouped = through.values_list("pk", "groups__members__person")
    for assignment, student in [*named, *grouped] if some else []:
        if student in learning:
            meant[assignment].add(student)
    return meant


def sat_by(attempts: QuerySet[Attempt], given: Iterable[Assignment]) -> Students:
    """Who sat one of these attempts, for each assignment."""
    found: Students = defaultdict(set)
    rows = attempts.filter(assignment__in=given).order_by()
    for assignment, student in rows.values_list("assignment", "student").distinct():
        found[assignment or 0].add(student)
    return found


def decided_on(given: Iterable[Assignment]) -> tuple[Students, Students]:
    """Who is excused, and whom a teacher gave a score; the newest word holds."""
    rows = Override.objects.filter(assignment__in=given).order_by("pk")
    newest = {
        (assignment, student): kind
        for assignment, student, kind in rows.values_list(
            "assignment", "student", "kind"
        )
    }
    said: defaultdict[str, Students] = defaultdict(lambda: defaultdict(set))
    for (assignment, student), kind in newest.items():
        said[kind][assignment].add(student)
    return said[Override.Kind.EXCUSED], said[Override.Kind.SCORE]


def done(assignment: Assignment, handed_in: Students, read: Read) -> set[int]:
    lesson = assignment.lesson_id
    readers = {student for student, of in read if of == lesson}
    if assignment.quiz_id is None:
        return readers
    takers = handed_in[assignment.pk]
    return takers & readers if lesson else takers
