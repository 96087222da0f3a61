"""Loading a folder of lessons and quizzes, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from lessons.loading import (
    Companion,
    LoadedLessons,
    catalogue_version,
    load,
    lock_catalogue,
)
from lessons.public_pages import announce
from quizzes.bank import Bank
from quizzes.files import QuizFile
from quizzes.models import Quiz
from quizzes.question_versions import load_questions


@transaction.atomic
def load_bank(bank: Bank) -> LoadedLessons:
    """Bring lessons and quizzes in line with the files, all or nothing.

    A second load with the same files writes nothing. What a student's record
    points at stays, as do the marks.
    """
    catalogue = lock_catalogue()
    companions = {slug: _companion(slug, file) for slug, file in bank.quizzes.items()}
    loaded = load(bank.library, companions)
    _load_quizzes(bank, loaded)
    version = catalogue_version(bank.library, loaded)
    if catalogue.version != version:
        catalogue.version = version
        catalogue.save(update_fields=["version", "loaded_at"])
    # Also after a load without changes: the word of the last one may be lost.
    transaction.on_commit(lambda: announce(version))
    return loaded


def quiz_slug(lesson_slug: str) -> str:
    return f"end-{lesson_slug}"


def _companion(lesson_slug: str, file: QuizFile) -> Companion:
    def check_url(key: str) -> str:
        return reverse("quizzes:check", args=[quiz_slug(lesson_slug), key])

    return Companion(file.text, len(file.at_the_end), check_url)


def _load_quizzes(bank: Bank, loaded: LoadedLessons) -> None:
    touched = [*loaded.new, *loaded.changed]
    known = {
        quiz.slug: quiz
        for quiz in Quiz.objects.filter(slug__in=map(quiz_slug, touched))
    }
    quizzes = {}
    for slug in touched:
        quiz = known.get(quiz_slug(slug)) or Quiz(slug=quiz_slug(slug))
        file = bank.quizzes[slug]
        quiz.lesson, quiz.title = loaded.rows[slug], loaded.rows[slug].title
        quiz.pass_share = Decimal(str(file.entry.pass_share))
        quiz.access = file.entry.access
        quizzes[slug] = quiz
    _save_quizzes(quizzes.values())
    if quizzes:
        load_questions(quizzes, bank.quizzes)
    _follow_lessons()


def _save_quizzes(quizzes: Iterable[Quiz]) -> None:
    quizzes = list(quizzes)
    Quiz.objects.bulk_create(quiz for quiz in quizzes if not quiz.pk)
    Quiz.objects.bulk_update(
        [quiz for quiz in quizzes if quiz.pk],
        ["lesson", "title", "pass_share", "access"],
    )


def _follow_lessons() -> None:
    """A quiz goes, and comes back, with its lesson."""
    Quiz.objects.filter(retired_at=None, lesson__retired_at__isnull=False).update(
        retired_at=timezone.now()
    )
    returned = Q(lesson__isnull=False, lesson__retired_at=None)
    Quiz.objects.filter(returned, retired_at__isnull=False).update(retired_at=None)
