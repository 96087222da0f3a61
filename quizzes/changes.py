"""What one request adds to a sitting that it has locked: answers and their marks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from quizzes.answers import Answer
from quizzes.marking import points_of, readable
from quizzes.models import Attempt, Question, Response
from quizzes.prepared import Prepared
from quizzes.recalls import name_of
from quizzes.review import Cards

# Far more than anybody changes their mind; each saving writes all of them again.
MOST_TRIES = 50

# Both the sitting, or two answers at once could each miss being the last; and its
# student, or of two in different sittings neither would see the other's when the
# card of their question is worked out. What is locked is all that is joined.
locked = Prepared(
    lambda pk: (
        Attempt.objects.select_for_update(no_key=True)
        .annotate(student_name=F("student__username"))
        .filter(pk=pk)
        .order_by()
    )
)
responses_in = Prepared(lambda pk: Response.objects.filter(attempt=pk).order_by())


@dataclass
class Change:
    """What one request adds to an attempt that it has locked."""

    attempt: Attempt
    responses: list[Response]
    now: dt.datetime
    is_late: bool = False
    newly_marked: list[Response] = field(default_factory=list)
    cards: Cards = field(default_factory=Cards)

    @classmethod
    def of(cls, attempt_id: UUID) -> Change:
        found = locked(attempt_id)
        if not found:
            raise Attempt.DoesNotExist
        return cls(found[0], responses_in(attempt_id), timezone.now())

    def read_cards(self, questions: Collection[Question]) -> None:
        """Have the cards of these at hand, as they may have been fetched along."""
        if not self.cards.names.issuperset(map(name_of, questions)):
            self.cards = Cards.read(self.attempt.student_id, questions)

    @property
    def in_time(self) -> list[Response]:
        return [response for response in self.responses if not response.is_late]

    def response_to(self, question: Question) -> Response | None:
        wanted = (question.pk, self.is_late)
        return next(
            (r for r in self.responses if (r.question_id, r.is_late) == wanted), None
        )


WRITTEN = [
    "answer",
    "readable_answer",
    "history",
    "points",
    "marked_at",
    "marked_with",
    "with_hint",
    "with_help",
    "answered_at",
]


def write(
    attempt: Attempt,
    question: Question,
    answer: Answer,
    pk: UUID,
    answered_at: dt.datetime,
) -> Response:
    """A response that is neither marked nor saved."""
    return Response(
        id=pk,
        attempt=attempt,
        question=question,
        answer=answer,
        readable_answer=readable(question, answer),
        answered_at=answered_at,
    )


def rewrite(
    response: Response, question: Question, answer: Answer, now: dt.datetime
) -> None:
    """Another answer in place of one that is not marked; the old one is kept."""
    before = {
        "answer": response.answer,
        "readable": response.readable_answer,
        "answered_at": response.answered_at.isoformat(),
    }
    response.history = [*response.history, before][-MOST_TRIES:]
    response.answer = answer
    response.readable_answer = readable(question, answer)
    response.answered_at = now


def save(new: Collection[Response], changed: Collection[Response]) -> None:
    if new:
        Response.objects.bulk_create(new)
    if len(changed) == 1:
        # Far cheaper than the statement for many, and nearly always what it is.
        for response in changed:
            response.save(update_fields=WRITTEN)
    elif changed:
        Response.objects.bulk_update(changed, WRITTEN)


def mark(change: Change, response: Response, question: Question) -> None:
    response.question = question
    response.points = points_of(question, response.answer)
    response.marked_with = question.marked_by
    hint_name = question.name_in(change.attempt.quiz_id)
    response.with_hint = hint_name in change.attempt.hinted
    response.with_help = change.cards.was_helped(question, response.answered_at)
    response.marked_at = change.now
    if not response.is_late:
        change.newly_marked.append(response)


def save_marks(change: Change) -> None:
    attempt = change.attempt
    attempt.score = score_of(change.responses)
    Attempt.objects.filter(pk=attempt.pk).update(
        score=attempt.score,
        handed_in_at=attempt.handed_in_at,
        marks_shown_at=attempt.marks_shown_at,
    )
    if attempt.marks_shown_at:
        telling = filter(change.cards.may_move, change.newly_marked)
        change.cards.learn(response.question for response in telling)


def score_of(responses: Collection[Response]) -> Decimal:
    counted = [r.points for r in responses if r.counts and r.marked_at]
    return sum(counted, Decimal(0))
