"""Five from before for a reader who is signed out: from what the device tells."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from lessons.delivery import Delivery
from lessons.device import AnsweredItem, read_item
from quizzes.marking import is_answer, points_of
from quizzes.models import Attempt, Question
from quizzes.remembering import Recall, due_at
from quizzes.review import Name, name_of
from quizzes.review_due import AT_ONCE, WEEK, Waiting, in_order_of, mixed
from quizzes.sittings import Sitting, new_sitting


@dataclass(frozen=True)
class Held:
    """What answers kept by a device come to; marked here, stored nowhere."""

    due: dict[Name, dt.datetime]
    # All that come back one day and may be asked, the most overdue first.
    questions: Sequence[Question]

    @classmethod
    def of(cls, delivery: Delivery) -> Held:
        items = [read_item(raw) for raw in delivery.events]
        answered = [item for item in items if isinstance(item, AnsweredItem)]
        found = ((name, due_at(r)) for name, r in recalls_in(answered).items())
        due = {name: moment for name, moment in found if moment}
        return cls(due, in_order_of(due) if due else [])

    def until(self, moment: dt.datetime) -> list[Question]:
        return [q for q in self.questions if self.due[name_of(q)] <= moment]

    def waiting(self) -> Waiting:
        now = timezone.now()
        times = [self.due[name_of(question)] for question in self.questions]
        return Waiting(
            count=len(self.until(now)),
            next_at=next((time for time in times if time > now), None),
            this_week=len(self.until(now + WEEK)),
        )

    def sitting(self) -> Sitting | None:
        """Up to five that are due, to be carried by the reader."""
        asked = mixed(self.until(timezone.now()), AT_ONCE)
        if not asked:
            return None
        sitting = new_sitting(None, asked)
        sitting.purpose = Attempt.Purpose.REVIEW
        return sitting


def recalls_in(items: Iterable[AnsweredItem]) -> dict[Name, list[Recall]]:
    """The answers to each question that everybody may answer, marked."""
    now = timezone.now()
    first = first_answers(items, now)
    questions = {
        (question.quiz.slug, question.key, question.version): question
        for question in Question.objects.open_to_anyone()
        .filter(quiz__slug__in={item.quiz for item in first})
        .select_related("quiz", "marked_by")
    }
    found: defaultdict[Name, list[Recall]] = defaultdict(list)
    for item in first:
        question = questions.get((item.quiz, item.question, item.version))
        if question and is_answer(question, item.answer):
            points = points_of(question, item.answer)
            recall = Recall.of(
                item.moment(now), points, question.points, is_aided=item.with_hint
            )
            found[name_of(question)].append(recall)
    return found


def first_answers(
    items: Iterable[AnsweredItem], now: dt.datetime
) -> list[AnsweredItem]:
    """In a sitting the first answer to a question stands, here as in an account."""
    first: dict[tuple[object, ...], AnsweredItem] = {}
    in_order = sorted(items, key=lambda item: (item.moment(now), item.answer))
    for item in in_order:
        place = (item.attempt, item.quiz, item.question, item.version)
        first.setdefault(place, item)
    return list(first.values())
