"""Beginning a sitting, or going on with the one that is open."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from lessons import progress
from quizzes.allowances import Allowance, allowance_of
from quizzes.marking import new_seed
from quizzes.models import Assignment, Attempt, Question, Quiz, Response
from quizzes.models.content import QuestionQuerySet
from quizzes.rules import Rules
from tendril.accounts.models import User


class NoAttemptLeft(Exception):
    """The rules allow no further attempt."""


class NothingToAsk(Exception):
    """All that was missed has left the quiz since."""


class NotOpen(Exception):
    """The assignment has not begun, or is over."""


def start(*, quiz: Quiz, student: User) -> Attempt:
    """Begin a sitting, or go on with the one that is open.

    Two tabs that start at once share one attempt.
    """
    purpose = Attempt.Purpose.QUIZ
    mine = quiz.attempts.made_by(student).open().in_practice().filter(purpose=purpose)
    if attempt := mine.first():
        return attempt
    attempt = Attempt(quiz=quiz, student=student, purpose=purpose)
    return begin(attempt, quiz.questions.current().at_the_end()) or mine.get()


@transaction.atomic
def start_assigned(*, assignment: Assignment, student: User) -> Attempt:
    """The same for an assignment. Raises NotOpen and NoAttemptLeft."""
    # Locked, or it could be closed, changed or deleted while an attempt begins.
    locked = Assignment.objects.select_for_update(no_key=True, of=("self",))
    given = locked.select_related("quiz").filter(pk=assignment.pk).first()
    if given is None:
        raise NotOpen
    # And this, or two starts at once could both count the last attempt as free.
    progress.hold(student)
    mine = given.attempts.made_by(student)
    if attempt := mine.open().first():
        return attempt
    quiz = given.quiz
    allowance = allowance_of(given, student)
    # Nothing, too, where all that it asked has left the quiz.
    asked = list(asked_of(given)) if allowance.is_open else []
    if quiz is None or quiz.retired_at or not asked:
        raise NotOpen
    if not has_attempt_left(given, student, allowance):
        raise NoAttemptLeft
    attempt = Attempt(quiz=quiz, student=student, assignment=given)
    return begin(attempt, asked) or mine.open().get()


def has_attempt_left(
    assignment: Assignment, student: User, allowance: Allowance
) -> bool:
    taken = assignment.attempts.made_by(student).count()
    return allowance.has_attempt_after(taken)


def asked_of(assignment: Assignment) -> QuestionQuerySet:
    """What an attempt at it asks, if it begins now."""
    asked = Question.objects.current().at_the_end().filter(quiz=assignment.quiz_id)
    if assignment.question_keys:
        asked = asked.filter(key__in=assignment.question_keys)
    return asked


def start_missed(*, attempt: Attempt) -> Attempt:
    """Ask again what was not right in an attempt; it counts for review alone.

    Raises NothingToAsk.
    """
    quiz, student = attempt.quiz, attempt.student
    purpose = Attempt.Purpose.REVIEW
    mine = Attempt.objects.made_by(student).open().filter(quiz=quiz, purpose=purpose)
    if already := mine.first():
        return already
    right = attempt.responses.filter(counts=True).right()
    missed = attempt.questions.exclude(pk__in=right.values("question"))
    asked = Question.objects.current().filter(
        quiz=quiz, key__in=missed.values("key"), in_lesson=False
    )
    if not asked:
        raise NothingToAsk
    again = Attempt(quiz=quiz, student=student, purpose=purpose)
    return begin(again, asked) or mine.get()


def begin(attempt: Attempt, asked: Iterable[Question]) -> Attempt | None:
    """Save a new attempt with what it asks; None where another tab was faster."""
    try:
        with transaction.atomic():
            store(attempt, list(asked))
    except IntegrityError:
        return None
    return attempt


def store(
    attempt: Attempt, asked: Sequence[Question], rules: Rules | None = None
) -> None:
    """Save it with what it asks; by its assignment's rules, unless it has others."""
    given = attempt.assignment
    allowance = allowance_of(given, attempt.student) if given else None
    rules = rules or Rules.of(given, allowance)
    attempt.id = uuid.uuid4()
    attempt.started_at = timezone.now()
    attempt.rules = rules.copy()
    attempt.ends_at = end_of(attempt, rules, allowance.closes_at if allowance else None)
    attempt.marks_shown_at = attempt.started_at if rules.marks_at_once else None
    attempt.max_score = Decimal(sum(question.points for question in asked))
    attempt.question_count = len(asked)
    if attempt.seed is None:
        attempt.seed = new_seed()
    attempt.save(force_insert=True)
    asks = Attempt.questions.through
    asks.objects.bulk_create(
        asks(attempt_id=attempt.pk, question_id=question.pk) for question in asked
    )


def end_of(
    attempt: Attempt, rules: Rules, closes_at: dt.datetime | None
) -> dt.datetime | None:
    """When its minutes are over, or the assignment closes before that."""
    ends = [rules.ends_at(attempt.started_at), closes_at]
    return min((moment for moment in ends if moment), default=None)


def check_attempt(student: User, question: Question) -> Attempt | None:
    """The newest sitting in which a check question was answered.

    Also where an older version was asked, if this one's key marks it.
    """
    is_this = Q(question=question) | Q(question__marked_by=question)
    answered = Response.objects.filter(is_this, attempt=OuterRef("pk"))
    mine = Attempt.objects.made_by(student).standing().with_lesson()
    return mine.filter(Exists(answered), purpose=Attempt.Purpose.CHECK).first()
