"""Quizzes given to a class: how far each student is, and showing the marks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from quizzes import closing, overrides, review, starting
from quizzes.allowances import allowance_of, allowances_of
from quizzes.class_work import work_of
from quizzes.models import Assignment, Attempt, Question, Quiz, Response
from quizzes.rules import Rules
from quizzes.scores import hides_marks
from quizzes.standings import Standing, read_by, standings_in, standings_of, when_read
from tendril.accounts.models import User
from tendril.classrooms.models import Classroom


def standing_of(assignment: Assignment, student: User) -> Standing:
    mine = assignment.attempts.made_by(student).with_answered()
    attempts = [closing.close_if_over(attempt) for attempt in mine]
    allowance = allowance_of(assignment, student)
    read = read_by([student.pk], [assignment])
    read_at = when_read(read, assignment, student)
    return Standing(assignment, student, attempts, allowance, read_at)


def assigned_to(
    student: User,
    classroom: Classroom | None = None,
    quiz: Quiz | None = None,
    since: dt.timedelta = dt.timedelta(),
) -> list[Standing]:
    """What this student can do, or could within that time.

    What is left comes first, and by its end.
    """
    mine = Assignment.objects.given_to(student)
    given = mine.open_to(student, since=since).with_content()
    if classroom:
        given = given.filter(classroom=classroom)
    if quiz:
        given = given.filter(quiz=quiz)
    given = given.filter(quiz__retired_at=None, lesson__retired_at=None)
    standings = standings_in(student, given.order_by("pk"))
    words = overrides.words_to(student, [each.assignment for each in standings])
    told = [replace(each, word=words.get(each.assignment.pk)) for each in standings]
    return sorted(told, key=_by_urgency)


def to_take(student: User, quiz: Quiz) -> list[Standing]:
    """Where this quiz can be begun now, or gone on with, so that it counts."""
    return [
        standing
        for standing in assigned_to(student, quiz=quiz)
        if not standing.is_excused and (standing.open_attempt or standing.may_begin)
    ]


def _by_urgency(standing: Standing) -> tuple[bool, bool, float]:
    ends_at = standing.allowance.ends_at
    return standing.is_settled, ends_at is None, ends_at.timestamp() if ends_at else 0


def start(*, assignment: Assignment, student: User) -> Attempt:
    """Begin, or go on; what ran out meanwhile is handed in before.

    Raises NotOpen and NoAttemptLeft of quizzes.starting.
    """
    for attempt in assignment.attempts.made_by(student).open():
        closing.close_if_over(attempt)
    return starting.start_assigned(assignment=assignment, student=student)


def recipients(assignment: Assignment) -> QuerySet[User]:
    """Those for whom it is meant, of all who learn in its class now."""
    seats = assignment.classroom.enrolments.students()
    if assignment.audience == Assignment.Audience.SOME:
        in_group = Q(groups__assignments=assignment)
        seats = seats.filter(in_group | Q(person__assignments_given=assignment))
    people = User.objects.filter(pk__in=seats.values("person"))
    return people.order_by("display_name", "username")


def work_on(assignment: Assignment) -> list[Standing]:
    """Everybody for whom it is meant, begun or not."""
    return standings_of(assignment, list(recipients(assignment)))


@dataclass(frozen=True)
class Concerned:
    """How many students it matters to that marks are shown, and in what way."""

    # Have handed in and do not see their marks.
    waiting: int
    # Could still make use of what others are shown.
    in_the_middle: int
    not_begun: int


def concerned_by_release(assignment: Assignment) -> Concerned:
    works = work_of([assignment], list(recipients(assignment))).values()
    sittings = [work.attempts for work in works if not work.is_decided]
    return Concerned(
        waiting=sum(hides_marks(work) for work in works),
        in_the_middle=sum(
            any(not taken.handed_in_at for taken in attempts) for attempts in sittings
        ),
        not_begun=sum(not attempts for attempts in sittings),
    )


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
    allowances = allowances_of(assignment, [a.student_id for a in attempts])
    for attempt in attempts:
        rules = Rules.copied(attempt.rules)
        closes_at = allowances[attempt.student_id].closes_at
        attempt.ends_at = starting.end_of(attempt, rules, closes_at)
    Attempt.objects.bulk_update(attempts, ["ends_at"])
