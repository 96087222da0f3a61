"""The review of many students brought in line after their marks have changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from quizzes.models import Response, ReviewCard
from quizzes.recalls import Name, recalls_of
from quizzes.remembering import due_at
from tendril.accounts.models import User

# Cards that are made together.
MOST_AT_ONCE = 1000


@transaction.atomic
def learn_again(students: Collection[int], names: Collection[Name]) -> int:
    """The same as `review.learn` for each of them; how many cards changed.

    Four statements, whatever their number.
    """
    # In one order everywhere, so that two of these wait and never deadlock.
    people = User.objects.select_for_update(no_key=True).order_by("pk")
    list(people.filter(pk__in=students).values_list("pk"))
    cards = _cards_of(students, names)
    recalls, changed = recalls_of(students, names), []
    for student, name in {**cards, **recalls}:
        card = cards.get((student, name)) or ReviewCard(
            student_id=student, quiz_id=name[0], key=name[1]
        )
        helps = [dt.datetime.fromisoformat(text) for text in card.helps]
        due = due_at(recalls[student, name], helps)
        if due != card.due_at:
            card.due_at = due
            changed.append(card)
    ReviewCard.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["student", "quiz", "key"],
        update_fields=["due_at"],
    )
    return len(changed)


def _cards_of(
    students: Collection[int], names: Collection[Name]
) -> dict[tuple[int, Name], ReviewCard]:
    found = ReviewCard.objects.filter(
        student__in=students,
        quiz__in={quiz for quiz, _ in names},
        key__in={key for _, key in names},
    )
    cards = {(card.student_id, (card.quiz_id, card.key)): card for card in found}
    return {
        (student, name): card
        for (student, name), card in cards.items()
        if name in names
    }


def learn_forgotten() -> int:
    """Make cards for some of what was missed and has none; how many.

    It was missed before there were cards, or while its quiz was closed.
    """
    rows = list(_without_card()[:MOST_AT_ONCE])
    if not rows:
        return 0
    names = {(quiz, key) for _, quiz, key in rows}
    return learn_again({student for student, *_ in rows}, names)


def _without_card() -> QuerySet[Response, tuple[int, int, str]]:
    """Student, quiz and key of whatever was missed and would never come back."""
    is_missed = Q(points__lt=F("question__points"))
    has_card = ReviewCard.objects.filter(
        student=OuterRef("attempt__student"),
        quiz=OuterRef("question__quiz"),
        key=OuterRef("question__key"),
    )
    missed = Response.objects.shown().open_to_anyone().unerased()
    missed = missed.filter(is_missed | Q(with_hint=True) | Q(with_help=True))
    rows = missed.exclude(Exists(has_card)).values_list(
        "attempt__student", "question__quiz", "question__key"
    )
    # By question, so that few of them meet many students.
    return rows.distinct().order_by("question__quiz", "question__key")
