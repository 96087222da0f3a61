"""How far somebody is with an assignment, in a word, and who needs help with what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.class_work import Place, Taken, Work, work_of
from quizzes.models import Assignment, Question
from quizzes.wrong_answers import not_right_since, wrong_in
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


def troubled_attempt(work: Work) -> Taken | None:
    """The newest sitting with many wrong answers and no success after it.

    A success is to hand in with fewer than so many wrong or left open.
    """
    found = None
    for attempt in work.attempts:
        if not (attempt.handed_in_at or work.is_over):
            continue
        if attempt.wrong >= MANY_WRONG:
            found = attempt
        elif attempt.handed_in_at and is_success(attempt):
            found = None
    return found


def is_success(attempt: Taken) -> bool:
    return attempt.question_count - attempt.right < MANY_WRONG


def state_of(work: Work, still_wrong: int) -> State:
    if work.is_excused:
        return State.EXCUSED
    if still_wrong >= MANY_WRONG:
        return State.NEEDS_HELP
    if work.done_at:
        return State.DONE
    return State.STARTED if work.is_begun else State.NOT_STARTED


def statuses_of(works: Iterable[Work]) -> dict[Place, Status]:
    """Three queries at the most, whatever there is."""
    works = list(works)
    troubled = [taken.pk for work in works if (taken := troubled_attempt(work))]
    still_wrong = defaultdict(list)
    for wrong in not_right_since(wrong_in(troubled)):
        still_wrong[wrong.place].append(wrong.question)
    needing = {place: pks for place, pks in still_wrong.items() if is_many(pks)}
    asked = {pk for pks in needing.values() for pk in pks}
    questions = Question.objects.in_bulk(asked) if asked else {}
    return {
        work.place: Status(
            work,
            state_of(work, len(needing.get(work.place, ()))),
            [questions[pk] for pk in needing.get(work.place, ())],
        )
        for work in works
    }


def is_many(wrong: Sequence[int]) -> bool:
    return len(wrong) >= MANY_WRONG


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
