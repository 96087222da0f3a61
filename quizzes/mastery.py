"""How well a student knows each lesson, read from all the answers that count."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from lessons.models import Lesson, Progress, Tier
from quizzes.mastery_rule import Known, LessonMastery, Mastery, TrackMastery
from quizzes.models import Attempt, Question, Response
from quizzes.review import Name, name_of
from tendril.accounts.models import User


def mastery_of(student: User) -> Mastery:
    """Of every lesson there is; six queries, whatever their number."""
    published = Lesson.objects.published().as_cards()
    tracks: dict[tuple[int, str], TrackMastery] = {}
    lessons = published.order_by("track__position", "track", "number")
    for mastery in masteries(student, lessons):
        lesson = mastery.lesson
        place = (lesson.track_id, lesson.tier)
        shelf = TrackMastery(lesson.track, Tier(lesson.tier))
        tracks.setdefault(place, shelf).lessons.append(mastery)
    return Mastery(list(tracks.values()))


def lesson_mastery(student: User, lesson: Lesson) -> LessonMastery:
    """The same of one lesson; five queries."""
    return masteries(student, [lesson])[0]


def masteries(student: User, lessons: Iterable[Lesson]) -> list[LessonMastery]:
    lessons = list(lessons)
    known = known_by_lesson(student, lessons)
    begun = set(
        Progress.objects.of(student)
        .filter(lesson__in=lessons)
        .values_list("lesson", flat=True)
    )
    done = set()
    for pk, purpose, handed_in_at, has_answers in sittings_in(student, lessons):
        if has_answers:
            begun.add(pk)
        if handed_in_at and purpose == Attempt.Purpose.QUIZ:
            done.add(pk)
    return [
        LessonMastery(lesson, known[lesson.pk], lesson.pk in begun, lesson.pk in done)
        for lesson in lessons
    ]


def sittings_in(
    student: User, lessons: Sequence[Lesson]
) -> Iterable[tuple[int, str, dt.datetime | None, bool]]:
    """By lesson: what for, when handed in, and whether anything was answered."""
    answers = Response.objects.filter(attempt=OuterRef("pk"))
    return (
        Attempt.objects.made_by(student)
        .standing()
        .filter(quiz__lesson__in=lessons)
        .annotate(has_answers=Exists(answers))
        .order_by()
        .values_list("quiz__lesson", "purpose", "handed_in_at", "has_answers")
    )


def known_by_lesson(
    student: User, lessons: Sequence[Lesson]
) -> defaultdict[int, list[Known]]:
    questions = (
        Question.objects.current()
        .at_the_end()
        .filter(quiz__lesson__in=lessons, quiz__retired_at=None)
        .select_related("quiz")
        .only("quiz__lesson_id", "quiz__access", "key", "stem", "points")
    )
    by_lesson: defaultdict[int, list[Known]] = defaultdict(list)
    by_name: dict[Name, Known] = {}
    for question in questions:
        known = by_name[name_of(question)] = Known(question)
        by_lesson[question.quiz.lesson_id or 0].append(known)
    for answer in answers_of(student, lessons):
        name = name_of(answer.question)
        if name in by_name:
            by_name[name].answers.append(answer)
    return by_lesson


def answers_of(student: User, lessons: Sequence[Lesson]) -> QuerySet[Response]:
    return (
        Response.objects.shown()
        .of(student)
        .filter(question__quiz__lesson__in=lessons, question__in_lesson=False)
        # Not joined: of a thousand answers to one question it is read once.
        .prefetch_related(Prefetch("question", Question.objects.defer("body")))
        .defer("answer", "history")
        .order_by("-answered_at", "-pk")
    )
