"""How far somebody is with what a class was given."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lessons.models import Progress
from quizzes.allowances import Allowance, allowances_of
from quizzes.models import Assignment, Attempt, Extension
from quizzes.overrides import Word
from tendril.accounts.models import User


@dataclass(frozen=True)
class Standing:
    """How far somebody is with an assignment."""

    assignment: Assignment
    person: User
    # The newest first.
    attempts: list[Attempt]
    allowance: Allowance
    # When they had read its lesson to the end.
    read_at: dt.datetime | None = None
    # What a teacher lets count in place of the answers, if its student may know.
    word: Word | None = None

    @property
    def open_attempt(self) -> Attempt | None:
        return next((a for a in self.attempts if a.handed_in_at is None), None)

    @property
    def handed_in(self) -> list[Attempt]:
        return [a for a in self.attempts if a.handed_in_at]

    @property
    def best(self) -> Attempt | None:
        """The one with the highest score, whether its student knows it or not."""
        return max(self.handed_in, key=lambda attempt: attempt.score, default=None)

    @property
    def best_shown(self) -> Attempt | None:
        shown = [attempt for attempt in self.handed_in if attempt.shows_score]
        return max(shown, key=lambda attempt: attempt.score, default=None)

    @property
    def attempts_left(self) -> int | None:
        """None: as many as one likes."""
        allowed = self.allowance.attempts_allowed
        return None if allowed is None else max(allowed - len(self.attempts), 0)

    @property
    def may_begin(self) -> bool:
        quiz = self.assignment.quiz
        is_there = quiz is not None and quiz.retired_at is None
        return is_there and self.allowance.is_open and self.attempts_left != 0

    @property
    def done_at(self) -> dt.datetime | None:
        """When all that was given was done for the first time."""
        ends = [attempt.handed_in_at for attempt in self.attempts]
        needed = []
        if self.assignment.quiz_id:
            needed.append(min(filter(None, ends), default=None))
        if self.assignment.lesson_id:
            needed.append(self.read_at)
        known = [moment for moment in needed if moment]
        return max(known) if len(known) == len(needed) else None

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    @property
    def is_excused(self) -> bool:
        return self.word is not None and self.word.is_excuse

    @property
    def is_settled(self) -> bool:
        """Whether it is done, or a teacher has decided what counts instead."""
        return self.is_done or self.word is not None

    @property
    def is_begun(self) -> bool:
        return bool(self.attempts) or self.read_at is not None

    @property
    def is_overdue(self) -> bool:
        return self.allowance.is_past_due and not self.is_settled

    @property
    def is_late(self) -> bool:
        """Whether it was done after it was due; it counts all the same."""
        due_at = self.allowance.due_at
        return bool(due_at and self.done_at and self.done_at > due_at)


def standings_in(student: User, given: Iterable[Assignment]) -> list[Standing]:
    """One student's, for many assignments; three queries."""
    assignments = list(given)
    mine = Attempt.objects.made_by(student).filter(assignment__in=assignments)
    attempts = defaultdict(list)
    for attempt in mine.with_answered():
        attempts[attempt.assignment_id].append(attempt)
    added = Extension.objects.filter(student=student, assignment__in=assignments)
    extensions = {row.assignment_id: row for row in added}
    read = read_by([student.pk], assignments)
    return [
        Standing(
            each,
            student,
            attempts[each.pk],
            Allowance.of(each, extensions.get(each.pk)),
            when_read(read, each, student),
        )
        for each in assignments
    ]


def standings_of(assignment: Assignment, students: Sequence[User]) -> list[Standing]:
    """Many students', for one assignment; three queries."""
    attempts = defaultdict(list)
    for attempt in assignment.attempts.filter(student__in=students).with_answered():
        attempts[attempt.student_id].append(attempt)
    pks = [person.pk for person in students]
    allowances = allowances_of(assignment, pks)
    read = read_by(pks, [assignment])
    return [
        Standing(
            assignment,
            person,
            attempts[person.pk],
            allowances[person.pk],
            when_read(read, assignment, person),
        )
        for person in students
    ]


# When a lesson was read to the end, by student and lesson.
Read = dict[tuple[int, int], dt.datetime]


def read_by(students: Iterable[int], assignments: Iterable[Assignment]) -> Read:
    """Nothing is asked where none of them gives a lesson to read."""
    lessons = {each.lesson_id for each in assignments if each.lesson_id}
    if not lessons:
        return {}
    read = Progress.objects.filter(
        student__in=students, lesson__in=lessons, finished_at__isnull=False
    )
    rows = read.values_list("student", "lesson", "finished_at")
    return {(student, lesson): moment for student, lesson, moment in rows if moment}


def when_read(read: Read, assignment: Assignment, student: User) -> dt.datetime | None:
    return read.get((student.pk, assignment.lesson_id or 0))
