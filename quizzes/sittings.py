"""A quiz being taken: stored as an attempt, or carried by a signed-out reader."""

from __future__ import annotations

import json
import random
import secrets
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.urls import reverse

from quizzes.kinds import kind_of
from quizzes.models import Attempt, Choice, Question, Quiz

MOST_SEED = 2**31 - 1


@dataclass(frozen=True)
class Mark:
    """A marked answer, as it is shown."""

    question: Question
    answer: list[str]
    points: Decimal
    with_hint: bool = False
    seed: int = 0

    @property
    def is_right(self) -> bool:
        return self.points == self.question.points

    @property
    def is_partly_right(self) -> bool:
        return 0 < self.points < self.question.points

    @cached_property
    def choices(self) -> list[tuple[Choice, bool]]:
        """Each choice, where it stood when asked, with whether it was picked."""
        choices = in_order_of(self.seed, self.question)
        return [(c, c.key in self.answer) for c in choices]

    @property
    def readable_answer(self) -> str:
        return kind_of(self.question).readable(self.question, self.answer)


@dataclass
class Sitting:
    quiz: Quiz
    id: uuid.UUID
    seed: int
    questions: Sequence[Question]
    marks: dict[int, Mark] = field(default_factory=dict)
    hinted: set[str] = field(default_factory=set)
    is_stored: bool = False

    def number_of(self, question: Question) -> int:
        return self.questions.index(question) + 1

    def mark_of(self, question: Question) -> Mark | None:
        return self.marks.get(question.pk)

    def next_question(self) -> Question | None:
        """The first question without an answer."""
        return next((q for q in self.questions if q.pk not in self.marks), None)

    def choices_of(self, question: Question) -> list[Choice]:
        """The choices in this sitting's order, which is fixed by its seed."""
        return in_order_of(self.seed, question)

    @property
    def is_finished(self) -> bool:
        return self.next_question() is None

    @property
    def score(self) -> Decimal:
        return sum((mark.points for mark in self.marks.values()), Decimal(0))

    @property
    def max_score(self) -> int:
        return sum(question.points for question in self.questions)

    @property
    def has_passed(self) -> bool:
        return self.score >= self.quiz.pass_share * self.max_score

    def missed(self) -> list[Mark]:
        return [mark for mark in self.marked() if not mark.is_right]

    def marked(self) -> list[Mark]:
        """What has been answered so far, in the order of the questions."""
        return [self.marks[q.pk] for q in self.questions if q.pk in self.marks]

    @property
    def answered_events_json(self) -> str:
        """The marked answers in the form in which a device keeps them."""
        events = [
            {
                "attempt": str(self.id),
                "quiz": self.quiz.slug,
                "question": mark.question.key,
                "version": mark.question.version,
                "answer": mark.answer,
                "with_hint": mark.with_hint,
            }
            for mark in self.marked()
        ]
        return json.dumps(events)

    def get_absolute_url(self) -> str:
        """The address of a stored sitting; one that is carried has none."""
        return reverse("quizzes:attempt", args=[self.id])

    def read_again(self) -> list[dict[str, str]]:
        """Sections, in the lesson's order, that the missed questions point to."""
        lesson = self.quiz.lesson
        missed = [key for mark in self.missed() for key in mark.question.passages]
        return lesson.sections_of(missed) if lesson else []


def in_order_of(seed: int, question: Question) -> list[Choice]:
    choices = list(question.choices.all())
    if kind_of(question).IS_SHUFFLED:
        # Text, not a tuple: hashes of tuples differ between processes.
        random.Random(f"{seed}:{question.key}").shuffle(choices)  # noqa: S311
    return choices


def new_seed() -> int:
    return secrets.randbelow(MOST_SEED)


def seed_of_checks(quiz: Quiz) -> int:
    """One for everybody: nothing remembers another before the answer is in."""
    return quiz.pk


def new_sitting(
    quiz: Quiz, questions: Iterable[Question], *, seed: int | None = None
) -> Sitting:
    seed = new_seed() if seed is None else seed
    return Sitting(quiz, uuid.uuid4(), seed, list(questions))


def sitting_of(attempt: Attempt) -> Sitting:
    """The sitting that an attempt stores; three queries, whatever its size."""
    questions = list(attempt.questions.prefetch_related("choices"))
    by_pk = {question.pk: question for question in questions}
    marks = {
        response.question_id: Mark(
            by_pk[response.question_id],
            response.answer,
            response.points,
            response.with_hint,
            attempt.seed,
        )
        for response in attempt.responses.all()
    }
    return Sitting(
        attempt.quiz,
        attempt.pk,
        attempt.seed,
        questions,
        marks,
        set(attempt.hinted),
        is_stored=True,
    )


def add_mark(sitting: Sitting, question: Question, answer: list[str]) -> Mark:
    """Mark an answer. The first answer to a question stands."""
    mark = Mark(
        question,
        answer,
        kind_of(question).grade(question, answer),
        question.key in sitting.hinted,
        sitting.seed,
    )
    return sitting.marks.setdefault(question.pk, mark)
