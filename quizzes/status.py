"""How far somebody is with an assignment, in a word, and who needs help with what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.class_work import Place, Work, work_of
from quizzes.missed import missed_in, not_right_since
from quizzes.models import Assignment, Question
from quizzes.taken import Taken
from tendril.accounts.models import User

# In one sitting, left open or wrong; from so many on, somebody needs help.
MANY_MISSED = 4


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
    # What somebody who needs help missed, and has not got right since.
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
    # The questions that most of them missed first, with how many there are.
    questions: Sequence[tuple[Question, int]] = field(default_factory=list)


def troubled_attempt(work: Work) -> Taken | None:
    """The newest sitting that missed many questions, with no success after it.

    A success is to hand in and miss fewer than so many.
    """
    found = None
    for attempt in work.attempts:
        if not (attempt.handed_in_at or work.is_over):
            continue
        if is_many(attempt.missed, attempt):
            found = attempt
        elif attempt.handed_in_at:
            found = None
    return found


def is_many(missed: int, attempt: Taken) -> bool:
    """Where nothing at all was answered, all of it is many, however short it is."""
    is_all = attempt.is_empty and missed >= attempt.question_count
    return missed >= MANY_MISSED or (missed > 0 and is_all)


def state_of(work: Work, *, needs_help: bool) -> State:
    """What a teacher decided counts before all that was answered."""
    if work.is_excused:
        return State.EXCUSED
    if work.is_overridden:
        return State.DONE
    if needs_help:
        return State.NEEDS_HELP
    if work.done_at:
        return State.DONE
    return State.STARTED if work.is_begun else State.NOT_STARTED


def statuses_of(
    works: Iterable[Work], *, only_shown: bool = False
) -> dict[Place, Status]:
    """Three queries at the most, whatever there is.

    With ``only_shown`` no success counts that its student is not told of yet.
    """
    works = list(works)
    troubled = {
        work.place: taken for work in works if (taken := troubled_attempt(work))
    }
    sittings = [taken.pk for taken in troubled.values()]
    missed = defaultdict(list)
    for one in not_right_since(missed_in(sittings), only_shown=only_shown):
        missed[one.place].append(one.question)
    needing = {
        place: pks
        for place, pks in missed.items()
        if is_many(len(pks), troubled[place])
    }
    asked = {pk for pks in needing.values() for pk in pks}
    questions = Question.objects.in_bulk(asked) if asked else {}
    return {
        work.place: Status(
            work,
            state_of(work, needs_help=work.place in needing),
            [questions[pk] for pk in needing.get(work.place, ())],
        )
        for work in works
    }


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
