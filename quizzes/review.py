"""Questions that come back: the cards, derived from the answers to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Self

from django.db import transaction
from django.utils import timezone

from lessons.models import SyncBatch
from quizzes.models import Question, Response, ReviewCard
from quizzes.prepared import Prepared
from quizzes.recalls import Name, name_of, recalls_of
from quizzes.remembering import due_at
from tendril.accounts.models import User

# The tutor's help goes with answers given this long after it.
HELP_LASTS = dt.timedelta(hours=24)


@dataclass
class Cards:
    """A student's cards for some questions."""

    student_id: int = 0
    names: frozenset[Name] = frozenset()
    due: dict[Name, dt.datetime | None] = field(default_factory=dict)
    helps: dict[Name, list[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, student_id: int, questions: Iterable[Question]) -> Self:
        """One statement; none for no questions."""
        cards = cls(student_id, frozenset(map(name_of, questions)))
        for card in cards_of(student_id, {quiz for quiz, _ in cards.names}):
            if (name := (card.quiz_id, card.key)) in cards.names:
                cards.due[name], cards.helps[name] = card.due_at, card.helps
        return cards

    @classmethod
    def beside(cls, student_id: int, questions: Collection[Question]) -> Self:
        """From what was fetched along with the questions."""
        cards = cls(student_id, frozenset(map(name_of, questions)))
        for question in questions:
            card = vars(question)
            if card["card_id"]:
                name = name_of(question)
                cards.due[name], cards.helps[name] = card["due_at"], card["helps"]
        return cards

    @classmethod
    def held(cls, student_id: int, questions: Collection[Question]) -> Self:
        """The same, and nobody else works them out until the transaction ends.

        Of two at once neither could see the other's answer.
        """
        if questions:
            # The person is locked and not the cards, which may not be there yet;
            # and in a statement before, since one sees nothing newer than itself.
            person = User.objects.select_for_update(no_key=True).only("pk")
            person.get(pk=student_id)
        return cls.read(student_id, questions)

    def helps_with(self, name: Name) -> list[dt.datetime]:
        return [dt.datetime.fromisoformat(text) for text in self.helps.get(name, ())]

    def was_helped(self, question: Question, moment: dt.datetime) -> bool:
        """Whether the tutor had helped with it shortly before this moment."""
        helps = self.helps_with(name_of(question))
        return any(help <= moment <= help + HELP_LASTS for help in helps)

    def may_move(self, response: Response) -> bool:
        """Whether an answer can make or move a card.

        Without a card all before it was right and unaided, and this is no other.
        """
        if name_of(response.question) in self.due:
            return True
        is_aided = response.with_hint or response.with_help
        return is_aided or response.points < response.question.points

    def learn(self, questions: Iterable[Question]) -> None:
        """Bring the cards in line with the answers; two statements at the most."""
        names = {name_of(question) for question in questions}
        if not names:
            return
        recalls = recalls_of([self.student_id], names)
        before = {name: self.due.get(name) for name in names}
        after = {
            name: due_at(recalls[self.student_id, name], self.helps_with(name))
            for name in names
        }
        self.due.update(after)
        self.save(name for name in names if before[name] != after[name])

    def save(self, names: Iterable[Name]) -> None:
        rows = [
            ReviewCard(
                student_id=self.student_id,
                quiz_id=quiz,
                key=key,
                due_at=self.due.get((quiz, key)),
                helps=self.helps.get((quiz, key), []),
            )
            for quiz, key in sorted(names)
        ]
        ReviewCard.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["student", "quiz", "key"],
            update_fields=["due_at", "helps"],
        )


def cards_of(student_id: int, quizzes: Collection[int]) -> Collection[ReviewCard]:
    if not quizzes:
        return []
    if len(quizzes) == 1:
        return cards_in_one(student_id, *quizzes)
    return ReviewCard.objects.filter(student=student_id, quiz__in=quizzes).order_by()


cards_in_one = Prepared(
    lambda student, quiz: ReviewCard.objects.filter(
        student=student, quiz=quiz
    ).order_by()
)


@transaction.atomic(savepoint=False)
def learn(student: User, questions: Collection[Question]) -> None:
    """Bring the cards of these questions in line with the answers to them.

    However often and in whatever order it is called, the same answers make the
    same cards. Four statements, whatever their number.
    """
    Cards.held(student.pk, questions).learn(questions)


@transaction.atomic
def mark_helped(student: User, questions: Collection[Question]) -> None:
    """Note that the tutor helps with these now: each is asked again, unaided."""
    wanted = Question.objects.open_to_anyone()
    open_ones = wanted.filter(pk__in=[question.pk for question in questions])
    questions = list(open_ones)
    cards = Cards.held(student.pk, questions)
    now = timezone.now().isoformat()
    for name in map(name_of, questions):
        cards.helps[name] = [*cards.helps.get(name, []), now]
    cards.save(map(name_of, questions))
    cards.learn(questions)


def unlearn(batch: SyncBatch) -> None:
    """Bring the cards in line after a device's answers were taken out again."""
    answered = Question.objects.filter(responses__attempt__batch=batch).distinct()
    learn(batch.student, list(answered.only("quiz_id", "key")))
