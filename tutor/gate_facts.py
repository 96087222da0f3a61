"""What the gate decides by, read in one query."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils import timezone

from lessons.models import Lesson
from quizzes.models import Assignment, Attempt
from quizzes.prepared import Prepared
from tendril.accounts import ages
from tendril.accounts.models import User
from tendril.accounts.sealing import unsealed
from tendril.classrooms.models import Classroom
from tutor import budgets, consent, llm, notices, probing
from tutor.flags import contacts
from tutor.gate import Facts
from tutor.purposes import Purpose
from tutor.stems import STEMMERS

FAMILY = ["is_paused", "quiet_from", "quiet_until", "time_zone", "daily_questions"]
NAMED = [f"tutor_settings__{name}" for name in FAMILY]


def read(
    student: User | AnonymousUser, lesson: Lesson, now: dt.datetime | None = None
) -> Facts:
    """What holds for this student and this lesson at this moment."""
    now = now or timezone.now()
    row = _row(student, lesson, now) if isinstance(student, User) else None
    if row is None:
        return Facts()
    return Facts(
        is_signed_in=True,
        consents=_purposes(row, "consents"),
        proven=_purposes(row, "proves"),
        has_model=llm.is_set_up() and budgets.has_tokens(row),
        has_contact=row["has_contact"],
        has_language=lesson.language in STEMMERS,
        has_budget=budgets.has_question(row),
        is_paused_by_site=settings.TUTOR_PAUSED,
        is_paused_by_class=row["is_paused_by_class"],
        is_paused_by_family=bool(row["tutor_settings__is_paused"]),
        is_in_quiet_hours=_is_quiet(row, now),
        is_in_assignment=row["is_in_assignment"],
    )


def _purposes(row: dict[str, Any], what: str) -> frozenset[str]:
    return frozenset(p.value for p in Purpose if row[f"{what}_{p.name}"])


def _row(student: User, lesson: Lesson, now: dt.datetime) -> dict[str, Any] | None:
    names, people = _prepared(_set_by_site())
    rows = people.tuples(student.pk, lesson.pk, now)
    return dict(zip(names, rows[0], strict=True)) if rows else None


def _set_by_site() -> tuple[object, ...]:
    """All that stands in the SQL as the site has set it."""
    return (
        settings.TUTOR_CONTACT,
        *settings.TUTOR_QUESTIONS_A_DAY.values(),
        *settings.TUTOR_TOKENS_A_DAY.values(),
        *(notices.current(purpose).hash for purpose in Purpose),
    )


@lru_cache(maxsize=16)
def _prepared(_set_by_site: tuple[object, ...]) -> tuple[list[str], Prepared[User]]:
    found = _found(User(pk=1), Lesson(pk=1), timezone.now())
    return [*NAMED, *found], Prepared(_people, _follows_from)


def _people(student: int, lesson: int, now: dt.datetime) -> QuerySet[User, Any]:
    found = _found(User(pk=student), Lesson(pk=lesson), now)
    people = User.objects.filter(unsealed(), pk=student, is_active=True)
    return people.annotate(**found).values_list(*NAMED, *found)


def _follows_from(_student: int, _lesson: int, now: dt.datetime) -> list[dt.date]:
    """What else the SQL has of the moment."""
    month = ages.first_month_of_children(now)
    return [now - probing.GOOD_FOR, budgets.today(now), month]


def _found(student: User, lesson: Lesson, now: dt.datetime) -> dict[str, Any]:
    found = {
        "has_contact": Exists(contacts()),
        "is_paused_by_class": Exists(
            Classroom.objects.open().attended_by(student).filter(is_tutor_paused=True)
        ),
        "is_in_assignment": Exists(_taken(student, now))
        | Exists(_open(student, lesson, now)),
        **budgets.spent_by(student, now),
    }
    for purpose in Purpose:
        found[f"consents_{purpose.name}"] = _flag(consent.in_force(purpose, now))
        found[f"proves_{purpose.name}"] = probing.is_proven(purpose, now)
    return found


def _flag(condition: Q) -> Case:
    return Case(
        When(condition, then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )


def _taken(student: User, now: dt.datetime) -> Any:
    """Sittings, of whatever lesson, in which the tutor must not help.

    One that was left holds no longer than what was given.
    """
    given = Assignment.objects.given_to(student).open_to(student, now)
    return Attempt.objects.filter(
        student=student,
        handed_in_at=None,
        assignment__in=given.filter(has_tutor=False).values("pk"),
    )


def _open(student: User, lesson: Lesson, now: dt.datetime) -> Any:
    """Work on this lesson that could be taken without the tutor, and was not."""
    about = Q(lesson=lesson) | Q(quiz__lesson=lesson)
    done = Attempt.objects.filter(
        assignment=OuterRef("pk"), student=student, handed_in_at__isnull=False
    )
    given = Assignment.objects.given_to(student).open_to(student, now)
    return given.filter(about, ~Exists(done), has_tutor=False)


def _is_quiet(row: dict[str, Any], now: dt.datetime) -> bool:
    start, end = row["tutor_settings__quiet_from"], row["tutor_settings__quiet_until"]
    if start is None or end is None:
        return False
    clock = now.astimezone(ZoneInfo(row["tutor_settings__time_zone"])).time()
    if start <= end:
        return bool(start <= clock < end)
    return bool(clock >= start or clock < end)
