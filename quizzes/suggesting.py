"""What stands in the form for a new assignment before anyone has filled it in."""

from __future__ import annotations

from typing import Any

from lessons.models import Lesson
from quizzes import giving
from quizzes.models import Assignment, Quiz
from tendril.accounts.models import User
from tendril.classrooms.models import Classroom


def suggested(
    *,
    teacher: User,
    classroom: Classroom,
    quiz: str = "",
    lesson: str = "",
    only: str = "",
    copy: int | None = None,
    weeks: int | None = None,
) -> dict[str, Any]:
    """By slugs, or all that another class of this teacher was given."""
    if copy:
        mine = Assignment.objects.taught_by(teacher).select_related("classroom")
        given = mine.filter(pk=copy).first()
        return giving.rules_for(classroom, given, weeks) if given else {}
    found_quiz = Quiz.objects.published().filter(slug=quiz).first()
    found_lesson = Lesson.objects.published().filter(slug=lesson).first()
    keys = [key for key in only.split(",") if key]
    return {
        "quiz": found_quiz.pk if found_quiz else None,
        "lesson": found_lesson.pk if found_lesson else None,
        "question_keys": picked(found_quiz, keys) if found_quiz else [],
    }


def picked(quiz: Quiz, keys: list[str]) -> list[str]:
    asked = quiz.questions.current().at_the_end().filter(key__in=keys)
    return list(asked.values_list("key", flat=True))
