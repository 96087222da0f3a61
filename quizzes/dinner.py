"""One question to ask at dinner, out of a lesson that was read lately."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from lessons.family import read_lately
from lessons.models import Lesson
from quizzes.models import Question
from tendril.accounts.models import User

# They can be asked aloud: an answer needs no list of choices to look at.
SPOKEN = ("single", "short", "number")
POINTS_AT_CHOICES = ("which", "choose", "pick", "tick")


@dataclass(frozen=True, slots=True)
class DinnerQuestion:
    """Either a check question of the lesson in its words, or a term or section."""

    lesson: Lesson
    stem: str = ""
    term: str = ""
    section: str = ""


def question_for(student: User) -> DinnerQuestion | None:
    """The same for all of a week, and about what was read in the days before it.

    None where nothing was read: there is nothing to ask about.
    """
    progress = read_lately(student).filter(lesson__retired_at=None).first()
    if progress is None:
        return None
    lesson = progress.lesson
    turn = timezone.localdate().isocalendar().week
    if stems := _spoken_stems(lesson):
        return DinnerQuestion(lesson, stem=stems[turn % len(stems)])
    if lesson.key_terms:
        term = lesson.key_terms[turn % len(lesson.key_terms)]
        return DinnerQuestion(lesson, term=term["name"])
    if lesson.outline:
        section = lesson.outline[turn % len(lesson.outline)]
        return DinnerQuestion(lesson, section=section["title"])
    return DinnerQuestion(lesson)


def _spoken_stems(lesson: Lesson) -> list[str]:
    checks = Question.objects.current().in_the_text().filter(quiz__lesson=lesson)
    return [
        stem
        for stem in checks.filter(kind__in=SPOKEN).values_list("stem", flat=True)
        if stem.endswith("?") and not _points_at_choices(stem)
    ]


def _points_at_choices(stem: str) -> bool:
    words = stem.casefold().replace(",", " ").split()
    return any(word in words for word in POINTS_AT_CHOICES)
