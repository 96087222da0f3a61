"""How far somebody is with an assignment, in a word, and who needs help with what."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from quizzes.class_work import Place, Work, work_of
from quizzes.models import Assignment, Attempt, Question, Response
from tendril.accounts.models import User

# In one sitting; from so many on, somebody needs help.
MANY_WRONG = 4


class State(models.TextChoices):
    """The most urgent first."""

    NEEDS_HELP = "needs-help", _("needs help")
    NOT_STARTED = "not-started", _("not started")
    STARTED = "started", _("started")
    DONE = "done", _("done")
    EXCUSED = "excused", _("excused")


@dataclass(frozen=True)
class Status:
    work: Work
    state: State
    # What somebody who needs help got wrong, and not right since.
    questions: Sequence[Question] = ()

    @property
    def assignment(self) -> Assignment:
        return self.work.assignment

    @property
    def student(self) -> User:
        return self.work.student

    @property
    def needs_help(self) -> bool:
        return self.state == State.NEEDS_HELP

    @property
    def counts(self) -> bool:
        """Whether it is asked of this student if they need help.

        While a quiz is open only those who handed in count; once it is closed,
        everyone who started.
        """
        if self.work.is_excused:
            return False
        work = self.work
        return bool(work.attempts if work.is_over else work.handed_in)


@dataclass(frozen=True)
class Help:
    """Of how many some need help with an assignment, and who."""

    counted: int
    needing: Sequence[Status]
    # The questions that are wrong for most of them first, with how many there are.
    questions: Sequence[tuple[Question, int]] = field(default_factory=list)


def troubled_attempt(work: Work) -> Attempt | None:
    """The newest sitting with many wrong answers and no success after it.

    A success is to hand in with fewer than so many wrong or left open.
    """
    found = None
    for attempt in work.attempts:
        if not (attempt.handed_in_at or work.is_over):
            continue
        tally = work.tally(attempt)
        if tally.wrong >= MANY_WRONG:
            found = attempt
        elif attempt.handed_in_at and is_success(attempt, tally.right):
            found = None
    return found


def is_success(attempt: Attempt, right: int) -> bool:
    return attempt.question_count - right < MANY_WRONG


def state_of(work: Work, still_wrong: int) -> State:
    if work.is_excused:
        return State.EXCUSED
    if still_wrong >= MANY_WRONG:
        return State.NEEDS_HELP
    if work.done_at:
        return State.DONE
    return State.STARTED if work.is_begun else State.NOT_STARTED


def statuses_of(works: Iterable[Work]) -> dict[Place, Status]:
    """Two queries at the most, whatever there is."""
    works = list(works)
    wrong = wrong_in(
        [attempt.pk for work in works if (attempt := troubled_attempt(work))]
    )
    still_wrong = defaultdict(list)
    for response in not_right_since(wrong):
        attempt = response.attempt
        place = attempt.assignment_id or 0, attempt.student_id
        still_wrong[place].append(response.question)
    return {work.place: _status(work, still_wrong[work.place]) for work in works}


def _status(work: Work, still_wrong: Sequence[Question]) -> Status:
    state = state_of(work, len(still_wrong))
    questions = still_wrong if state == State.NEEDS_HELP else ()
    return Status(work, state, questions)


def wrong_in(attempts: Collection[UUID]) -> Sequence[Response]:
    if not attempts:
        return []
    marked = Response.objects.marked().filter(attempt__in=attempts, counts=True)
    wrong = marked.exclude(points=F("question__points"))
    return list(
        wrong.select_related("attempt", "question").order_by("question__position")
    )


def not_right_since(wrong: Sequence[Response]) -> list[Response]:
    """Those whose question its student has not got right later, in any sitting."""
    right = right_by(
        {response.attempt.student_id for response in wrong},
        {response.question.quiz_id for response in wrong},
    )
    found = []
    for response in wrong:
        question = response.question
        name = response.attempt.student_id, question.quiz_id, question.key
        if name not in right or right[name] <= response.answered_at:
            found.append(response)
    return found


def right_by(
    students: Collection[int], quizzes: Collection[int]
) -> dict[tuple[int, int, str], dt.datetime]:
    """When they last got a question right, by student, quiz and the question's key."""
    if not students:
        return {}
    right = Response.objects.standing().marked().right()
    these = right.filter(
        counts=True, attempt__student__in=students, question__quiz__in=quizzes
    )
    rows = these.order_by("answered_at").values_list(
        "attempt__student", "question__quiz", "question__key", "answered_at"
    )
    return {(student, quiz, key): moment for student, quiz, key, moment in rows}


def help_in(statuses: Iterable[Status]) -> Help:
    counting = [status for status in statuses if status.counts]
    needing = [status for status in counting if status.needs_help]
    found: dict[str, list[Question]] = defaultdict(list)
    for status in needing:
        for question in status.questions:
            found[question.key].append(question)
    often = sorted(found.values(), key=len, reverse=True)
    return Help(len(counting), needing, [(same[-1], len(same)) for same in often])


def status_of_class(
    assignment: Assignment, students: Sequence[User]
) -> dict[Place, Status]:
    """Where these students stand with one assignment."""
    return statuses_of(work_of([assignment], students).values())
