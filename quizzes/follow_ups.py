"""Asking some students once more exactly what they missed, as an assignment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from quizzes.models import Assignment, Question
from tendril.accounts.models import User

# The same once more within that time is a second press of the button.
ONE_PRESS = dt.timedelta(minutes=1)


@transaction.atomic
def assign_again(
    *,
    assignment: Assignment,
    questions: Collection[Question],
    students: Collection[User],
    by: User,
) -> Assignment:
    """Give these questions to these students, by the rules of the first time.

    It has no end and no limits until its teacher sets some.
    """
    # Locked, so that of two presses the second one finds what the first has made.
    first = Assignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
    keys = sorted(question.key for question in questions)
    if made := _made_just_now(first, keys, students, by):
        return made
    again = Assignment.objects.create(
        classroom=first.classroom,
        quiz=first.quiz,
        question_keys=keys,
        audience=Assignment.Audience.SOME,
        made_by=by,
        feedback=first.feedback,
        is_shuffled=first.is_shuffled,
        has_hints=first.has_hints,
        has_tutor=first.has_tutor,
    )
    again.students.set(students)
    return again


def _made_just_now(
    first: Assignment, keys: list[str], students: Collection[User], by: User
) -> Assignment | None:
    recent = Assignment.objects.filter(
        classroom=first.classroom_id,
        quiz=first.quiz_id,
        audience=Assignment.Audience.SOME,
        made_by=by,
        made_at__gt=timezone.now() - ONE_PRESS,
    )
    wanted = {student.pk for student in students}
    for made in recent.prefetch_related("students"):
        given = {student.pk for student in made.students.all()}
        if made.question_keys == keys and given == wanted:
            return made
    return None
