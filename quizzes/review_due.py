"""Which questions from before are due, and the sitting that asks five of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils import timezone

from quizzes import starting
from quizzes.models import Attempt, Question, ReviewCard
from quizzes.models.content import QuestionQuerySet
from quizzes.review import Name, name_of
from tendril.accounts.models import User

AT_ONCE = 5
ON_A_SHEET = 15
WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Waiting:
    """What a student's review page says."""

    count: int
    # When the next ones come, and how many there are until a week from now.
    next_at: dt.datetime | None
    this_week: int
    open_attempt: Attempt | None = None

    @property
    def at_once(self) -> int:
        return min(self.count, AT_ONCE)


def askable() -> QuestionQuerySet:
    """Current questions of quizzes that are not retired, for anyone to answer."""
    return (
        Question.objects.open_to_anyone()
        .current()
        .filter(quiz__retired_at=None)
        .select_related("quiz__lesson__track", "marked_by")
        .defer("quiz__lesson__html")
    )


def waiting(student: User) -> Waiting:
    asked = askable().filter(quiz=OuterRef("quiz"), key=OuterRef("key"))
    cards = ReviewCard.objects.of(student).filter(Exists(asked), due_at__isnull=False)
    times = [card.due_at for card in cards.only("due_at") if card.due_at]
    now = timezone.now()
    return Waiting(
        count=sum(time <= now for time in times),
        next_at=next((time for time in times if time > now), None),
        this_week=sum(time <= now + WEEK for time in times),
        open_attempt=open_review(student),
    )


def open_review(student: User) -> Attempt | None:
    mine = Attempt.objects.made_by(student).open()
    purpose = Attempt.Purpose.REVIEW
    return mine.filter(quiz=None, purpose=purpose).with_answered().first()


def start(student: User) -> Attempt | None:
    """Ask up to five that are due, or go on with what is open; None if none is."""
    if attempt := open_review(student):
        return attempt
    asked = mixed(due_questions(student, timezone.now()), AT_ONCE)
    if not asked:
        return None
    attempt = Attempt(student=student, purpose=Attempt.Purpose.REVIEW)
    return starting.begin(attempt, asked) or open_review(student)


def due_questions(student: User, until: dt.datetime) -> list[Question]:
    """Those to be asked until then, the most overdue first; two queries."""
    cards = ReviewCard.objects.of(student).filter(due_at__lte=until)
    due = {(c.quiz_id, c.key): c.due_at for c in cards.defer("helps") if c.due_at}
    return in_order_of(due)


def in_order_of(due: Mapping[Name, dt.datetime]) -> list[Question]:
    """The questions of these names that may be asked, the most overdue first."""
    found = askable().filter(
        quiz__in={quiz for quiz, _ in due}, key__in={key for _, key in due}
    )
    return sorted(
        (question for question in found if name_of(question) in due),
        key=lambda question: (due[name_of(question)], question.pk),
    )


def mixed(questions: Iterable[Question], most: int) -> list[Question]:
    """So many of them, no two of one lesson in a row wherever that can be.

    At each place stands the first that leaves the rest a way to be mixed.
    """
    left = list(questions)
    chosen: list[Question] = []
    while left and len(chosen) < most:
        places = min(most - len(chosen), len(left))
        before = chosen[-1].quiz_id if chosen else None
        others = [question for question in left if question.quiz_id != before]
        good = (q for q in others if can_follow(q, left, places - 1))
        question = next(good, (others or left)[0])
        left.remove(question)
        chosen.append(question)
    return chosen


def can_follow(question: Question, left: Sequence[Question], places: int) -> bool:
    """Whether after this question the rest can fill so many places, mixed."""
    counts = Counter(other.quiz_id for other in left if other is not question)
    # Every second place at the most goes to one lesson; the last one's waits first.
    fitting = (
        min(count, (places + (lesson != question.quiz_id)) // 2)
        for lesson, count in counts.items()
    )
    return sum(fitting) >= places
