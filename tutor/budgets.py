"""How much is asked in a day: by a student, by a class, by the whole site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from tendril.accounts.models import User
from tendril.classrooms.models import Classroom
from tutor.models import Budget, FamilySettings

Scope = Budget.Scope


class BudgetSpent(Exception):
    """There is no question left today for this student, their class or the site."""


@dataclass(frozen=True)
class Limits:
    student: int
    classroom: int
    site: int

    @classmethod
    def of_tokens(cls) -> Limits:
        most: dict[str, int] = settings.TUTOR_TOKENS_A_DAY
        return cls(most["student"], most["class"], most["site"])

    @classmethod
    def of_questions(cls, own: int | None) -> Limits:
        most: dict[str, int] = settings.TUTOR_QUESTIONS_A_DAY
        student = most["student"] if own is None else min(own, most["student"])
        return cls(student, most["class"], most["site"])


def today(now: dt.datetime | None = None) -> dt.date:
    """Budgets begin anew at midnight of the site's clock."""
    return timezone.localdate(now)


def spent_by(student: User, now: dt.datetime) -> dict[str, Any]:
    """What has been spent, for `has_question` and `has_tokens`.

    It is read along with other facts.
    """
    rows = Budget.objects.filter(day=today(now))
    classes = Classroom.objects.open().attended_by(student).values("pk")
    of_student = rows.filter(scope=Scope.STUDENT, owner=student.pk)
    of_classes = rows.filter(scope=Scope.CLASSROOM, owner__in=classes)
    of_site = rows.filter(scope=Scope.SITE)
    most, tokens = settings.TUTOR_QUESTIONS_A_DAY["class"], Limits.of_tokens()
    return {
        "spent_by_student": Coalesce(Subquery(of_student.values("questions")[:1]), 0),
        "spent_by_site": Coalesce(Subquery(of_site.values("questions")[:1]), 0),
        "class_is_spent": Exists(of_classes.filter(questions__gte=most)),
        "is_out_of_tokens": Exists(of_student.filter(tokens__gte=tokens.student))
        | Exists(of_classes.filter(tokens__gte=tokens.classroom))
        | Exists(of_site.filter(tokens__gte=tokens.site)),
    }


def has_question(row: Mapping[str, Any]) -> bool:
    limits = Limits.of_questions(row["tutor_settings__daily_questions"])
    return (
        row["spent_by_student"] < limits.student
        and row["spent_by_site"] < limits.site
        and not row["class_is_spent"]
    )


def has_tokens(row: Mapping[str, Any]) -> bool:
    return not row["is_out_of_tokens"]


@transaction.atomic
def spend(student: User) -> None:
    """Count one question; of two at once only so many as are left. Or BudgetSpent."""
    own = FamilySettings.objects.filter(student=student).first()
    limits = Limits.of_questions(own.daily_questions if own else None)
    for scope, owner, most in _counted(student, limits):
        row, _made = Budget.objects.get_or_create(
            scope=scope, owner=owner, day=today(), defaults={"questions": 0}
        )
        left = Budget.objects.filter(pk=row.pk, questions__lt=most)
        if not left.update(questions=F("questions") + 1):
            raise BudgetSpent


@transaction.atomic
def count_call(student: User, tokens: int) -> None:
    """Add what a call to the model has cost; it is made already, so nothing refuses."""
    for scope, owner, _most in _counted(student, Limits.of_tokens()):
        row, _made = Budget.objects.get_or_create(
            scope=scope, owner=owner, day=today(), defaults={"questions": 0}
        )
        more = {"calls": F("calls") + 1, "tokens": F("tokens") + tokens}
        Budget.objects.filter(pk=row.pk).update(**more)


def _counted(student: User, limits: Limits) -> Iterator[tuple[str, int, int]]:
    yield Scope.STUDENT, student.pk, limits.student
    classes = Classroom.objects.open().attended_by(student).order_by("pk")
    for pk in classes.values_list("pk", flat=True):
        yield Scope.CLASSROOM, pk, limits.classroom
    yield Scope.SITE, 0, limits.site


def forget(student: User) -> None:
    Budget.objects.filter(scope=Scope.STUDENT, owner=student.pk).delete()
