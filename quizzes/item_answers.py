"""Who answered what to a question of an assignment, answers that are alike together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from quizzes.assignments import recipients
from quizzes.item_options import same_as
from quizzes.marking import fetch_keys
from quizzes.marks import Mark
from quizzes.models import Assignment, Attempt, Question, Response
from tendril.accounts.models import User


@dataclass(frozen=True)
class Answered:
    """What one sitting made of one question."""

    student: User
    question: Question
    # None if it was left open.
    response: Response | None
    seed: int

    @property
    def is_right(self) -> bool:
        return bool(self.response and self.response.points == self.question.points)


@dataclass(frozen=True)
class Group:
    """Answers that mean the same."""

    answers: Sequence[Answered]
    number: int

    @property
    def mark(self) -> Mark | None:
        first = self.answers[0]
        if first.response is None:
            return None
        return Mark(
            first.question,
            first.response.answer,
            first.response.points,
            seed=first.seed,
            is_own=False,
            number=self.number,
        )

    @property
    def is_right(self) -> bool:
        return self.answers[0].is_right

    @property
    def people(self) -> list[User]:
        """By name, each of them once."""
        found = dict.fromkeys(each.student for each in self.answers)
        return sorted(found, key=str)


def asked_of(assignment: Assignment) -> Sequence[Question]:
    """The questions it asks, or ever asked anybody, the newest version of each."""
    rows = Question.objects.filter(quiz=assignment.quiz_id, in_lesson=False)
    if assignment.question_keys:
        rows = rows.filter(key__in=assignment.question_keys)
    newest = {question.key: question for question in rows.order_by("version")}
    return sorted(newest.values(), key=lambda question: question.position)


def answers_to(
    assignment: Assignment, keys: Collection[str], *, first_only: bool = True
) -> list[Answered]:
    """What those for whom it is meant now have handed in; five queries."""
    students = {person.pk: person for person in recipients(assignment)}
    handed_in = assignment.attempts.handed_in().filter(student__in=students)
    attempts = list(handed_in.order_by("-started_at", "-pk"))
    if first_only:
        attempts = list({each.student_id: each for each in attempts}.values())
    pks = [attempt.pk for attempt in attempts]
    asked = _asked(pks, keys)
    responses = {
        (response.attempt_id, response.question_id): response
        for response in Response.objects.marked().filter(
            attempt__in=pks, question__key__in=keys, counts=True
        )
    }
    return [
        Answered(
            students[attempt.student_id],
            question,
            responses.get((attempt.pk, question.pk)),
            attempt.seed,
        )
        for attempt in attempts
        for question in asked[attempt.pk]
    ]


def _asked(
    attempts: Collection[UUID], keys: Collection[str]
) -> defaultdict[UUID, list[Question]]:
    asks = Attempt.questions.through.objects.filter(
        attempt__in=attempts, question__key__in=keys
    )
    rows = asks.values_list("attempt_id", "question_id")
    found: defaultdict[UUID, list[Question]] = defaultdict(list)
    questions = Question.objects.select_related("quiz").in_bulk({pk for _, pk in rows})
    fetch_keys(questions.values())
    for attempt, pk in rows:
        found[attempt].append(questions[pk])
    return found


def groups_of(answers: Collection[Answered]) -> list[Group]:
    """Wrong ones first, then those that most have given."""
    alike: defaultdict[tuple[bool, str], list[Answered]] = defaultdict(list)
    for each in answers:
        same = same_as(each.question, each.response.answer) if each.response else ""
        alike[each.is_right, same].append(each)
    ordered = sorted(
        alike.items(), key=lambda pair: (pair[0][0], -len(pair[1]), pair[0][1])
    )
    return [Group(rows, number) for number, (_, rows) in enumerate(ordered, 1)]


def missed_by(answers: Collection[Answered]) -> list[User]:
    """Those who did not get it, by name."""
    found = dict.fromkeys(each.student for each in answers if not each.is_right)
    return sorted(found, key=str)
