"""A quiz being taken: stored as an attempt, or carried by a signed-out reader."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.urls import reverse

from quizzes.allowances import due_at_of
from quizzes.answers import Answer
from quizzes.marking import new_seed, points_of
from quizzes.marks import Mark
from quizzes.models import Attempt, Question, Quiz, Response
from quizzes.rules import PRACTICE, Rules


@dataclass
class Sitting:
    # None: questions from many quizzes, to look at again.
    quiz: Quiz | None
    id: uuid.UUID
    seed: int
    questions: Sequence[Question]
    marks: dict[int, Mark] = field(default_factory=dict)
    # What is answered and not marked yet.
    drafts: dict[int, Answer] = field(default_factory=dict)
    # What came after the time; it stands among the marks once it counts.
    late: dict[int, Response] = field(default_factory=dict)
    hinted: set[str] = field(default_factory=set)
    rules: Rules = PRACTICE
    purpose: str = Attempt.Purpose.QUIZ
    attempt: Attempt | None = None
    # Some of it belongs to a quiz that only teachers give out by now.
    is_cut_short: bool = False

    @property
    def is_stored(self) -> bool:
        return self.attempt is not None

    def number_of(self, question: Question) -> int:
        return self.questions.index(question) + 1

    def has_hint_open(self, question: Question) -> bool:
        return question.name_in(self.quiz.pk if self.quiz else None) in self.hinted

    def open_hint(self, question: Question) -> None:
        self.hinted.add(question.name_in(self.quiz.pk if self.quiz else None))

    def mark_of(self, question: Question) -> Mark | None:
        return self.marks.get(question.pk) if self.shows_marks else None

    def is_settled(self, question: Question) -> bool:
        """Whether an answer to it would change nothing any more."""
        return question.pk in self.marks or self.is_handed_in

    def next_question(self) -> Question | None:
        """The first question without an answer, while there is time."""
        if self.is_handed_in:
            return None
        done = self.marks.keys() | (
            set() if self.rules.marks_at_once else self.drafts.keys()
        )
        return next((q for q in self.questions if q.pk not in done), None)

    @property
    def is_handed_in(self) -> bool:
        if self.attempt:
            # What a device began is answered there, and only looked at here.
            return self.attempt.is_from_device or bool(self.attempt.handed_in_at)
        return len(self.marks) == len(self.questions)

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left to answer."""
        return self.next_question() is None

    @property
    def shows_marks(self) -> bool:
        if self.attempt is None or self.rules.marks_at_once:
            return True
        return self.attempt.shows_score

    @property
    def may_start_again(self) -> bool:
        """Whether the quiz can be begun anew by anyone."""
        return bool(self.quiz and self.quiz.is_practice)

    @property
    def may_try_missed(self) -> bool:
        return bool(
            self.is_stored
            and self.may_start_again
            and self.is_handed_in
            and self.shows_marks
            and self.missed()
        )

    @property
    def answered(self) -> int:
        return len(self.marks.keys() | self.drafts.keys())

    @property
    def ends_at(self) -> dt.datetime | None:
        return self.attempt.ends_at if self.attempt else None

    @property
    def due_at(self) -> dt.datetime | None:
        """From when on it is late, with what was added for its student."""
        return due_at_of(self.attempt) if self.attempt else None

    @property
    def is_from_paper(self) -> bool:
        return getattr(self.attempt, "paper_sheet", None) is not None

    @property
    def time_zone(self) -> str:
        """Where its class is."""
        given = self.attempt.assignment if self.attempt else None
        return given.classroom.time_zone if given else "UTC"

    @property
    def score(self) -> Decimal:
        return sum((mark.points for mark in self.marks.values()), Decimal(0))

    @property
    def max_score(self) -> int:
        return sum(question.points for question in self.questions)

    @property
    def has_passed(self) -> bool:
        share = self.quiz.pass_share if self.quiz else Decimal("0.7")
        return self.score >= share * self.max_score

    def missed(self) -> list[Question]:
        """Questions without a right answer, in their order."""
        right = {pk for pk, mark in self.marks.items() if mark.is_right}
        return [question for question in self.questions if question.pk not in right]

    def marked(self) -> list[Mark]:
        """What has been marked so far, in the order of the questions."""
        return [self.marks[q.pk] for q in self.questions if q.pk in self.marks]

    @property
    def answered_events_json(self) -> str:
        """The marked answers in the form in which a device keeps them."""
        events = [
            {
                "attempt": str(self.id),
                "quiz": mark.question.quiz.slug,
                "question": mark.question.key,
                "version": mark.question.version,
                "answer": mark.answer,
                "with_hint": mark.with_hint,
                "purpose": self.purpose,
            }
            for mark in self.marked()
        ]
        return json.dumps(events)

    def get_absolute_url(self) -> str:
        """The address of a stored sitting; one that is carried has none."""
        return reverse("quizzes:attempt", args=[self.id])

    @property
    def answer_url(self) -> str:
        if self.is_stored:
            return reverse("quizzes:submit", args=[self.id])
        if self.quiz is None:
            return reverse("quizzes:review_answer")
        return reverse("quizzes:answer", args=[self.quiz.slug])

    def read_again(self) -> list[dict[str, str]]:
        """Sections, in the lesson's order, that the missed questions point to."""
        lesson = self.quiz.lesson if self.quiz else None
        missed = [key for question in self.missed() for key in question.passages]
        return lesson.sections_of(missed) if lesson else []


def new_sitting(
    quiz: Quiz | None, questions: Iterable[Question], *, seed: int | None = None
) -> Sitting:
    seed = new_seed() if seed is None else seed
    return Sitting(quiz, uuid.uuid4(), seed, list(questions))


def add_mark(sitting: Sitting, question: Question, answer: Answer) -> Mark:
    """Mark an answer. The first answer to a question stands."""
    mark = Mark(
        question,
        answer,
        points_of(question, answer),
        sitting.has_hint_open(question),
        sitting.seed,
    )
    return sitting.marks.setdefault(question.pk, mark)
