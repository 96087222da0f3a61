"""Quizzes given to a class: how far each student is, and showing the marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from quizzes import closing, review, starting
from quizzes.models import Assignment, Attempt, Question, Response
from quizzes.rules import Rules
from tendril.accounts.models import User
from tendril.classrooms.models import Enrolment


@dataclass(frozen=True)
class Standing:
    """How far somebody is with an assignment."""

    assignment: Assignment
    person: User
    # The newest first.
    attempts: list[Attempt]

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
        allowed = self.assignment.attempts_allowed
        return None if allowed is None else max(allowed - len(self.attempts), 0)

    @property
    def may_begin(self) -> bool:
        return self.assignment.is_takeable and self.attempts_left != 0


def standing_of(assignment: Assignment, student: User) -> Standing:
    mine = assignment.attempts.made_by(student).with_answered()
    attempts = [closing.close_if_over(attempt) for attempt in mine]
    return Standing(assignment, student, attempts)


def assigned_to(student: User) -> list[Standing]:
    """What this student can take now, the next to close first."""
    given = Assignment.objects.given_to(student).open().with_content()
    given = given.filter(quiz__retired_at=None)
    assignments = list(given.order_by(F("closes_at").asc(nulls_last=True), "pk"))
    mine = Attempt.objects.made_by(student).filter(assignment__in=assignments)
    attempts = defaultdict(list)
    for attempt in mine.with_answered():
        attempts[attempt.assignment_id].append(attempt)
    return [Standing(each, student, attempts[each.pk]) for each in assignments]


def start(*, assignment: Assignment, student: User) -> Attempt:
    """Begin, or go on; what ran out meanwhile is handed in before.

    Raises NotOpen and NoAttemptLeft of quizzes.starting.
    """
    for attempt in assignment.attempts.made_by(student).open():
        closing.close_if_over(attempt)
    return starting.start_assigned(assignment=assignment, student=student)


def recipients(assignment: Assignment) -> QuerySet[User]:
    """Those for whom it is meant, of all who learn in its class now."""
    seats = assignment.classroom.enrolments.filter(role=Enrolment.Role.STUDENT)
    if assignment.audience == Assignment.Audience.SOME:
        in_group = Q(groups__assignments=assignment)
        seats = seats.filter(in_group | Q(person__assignments_given=assignment))
    people = User.objects.filter(pk__in=seats.values("person"))
    return people.order_by("display_name", "username")


def work_on(assignment: Assignment) -> list[Standing]:
    """Everybody for whom it is meant, begun or not."""
    students = list(recipients(assignment))
    attempts = defaultdict(list)
    for attempt in assignment.attempts.filter(student__in=students).with_answered():
        attempts[attempt.student_id].append(attempt)
    return [Standing(assignment, person, attempts[person.pk]) for person in students]


@transaction.atomic
def release(*, assignment: Assignment) -> None:
    """Show everybody their marks, now and when more is handed in; it is for good."""
    locked = Assignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
    if locked.released_at:
        return
    locked.released_at = timezone.now()
    locked.save(update_fields=["released_at"])
    # Those still open, too: they show nothing before they are handed in.
    hidden = locked.attempts.filter(marks_shown_at=None)
    hidden_pks = list(
        hidden.select_for_update(no_key=True).values_list("pk", flat=True)
    )
    hidden.update(marks_shown_at=locked.released_at)
    learn_from(hidden_pks)


def learn_from(attempts: Iterable[UUID]) -> None:
    marked = Response.objects.marked().filter(attempt__in=attempts)
    learned: dict[User, list[Question]] = defaultdict(list)
    for response in marked.select_related("attempt__student", "question__quiz"):
        learned[response.attempt.student].append(response.question)
    # In one order everywhere, so that two releases wait and never deadlock.
    for student in sorted(learned, key=lambda student: student.pk):
        review.learn(student, learned[student])


@transaction.atomic
def move_ends(assignment: Assignment) -> None:
    """Let open attempts end with the assignment, where that was moved."""
    attempts = list(assignment.attempts.open().select_for_update(of=("self",)))
    for attempt in attempts:
        attempt.assignment = assignment
        attempt.ends_at = starting.end_of(attempt, Rules.copied(attempt.rules))
    Attempt.objects.bulk_update(attempts, ["ends_at"])
