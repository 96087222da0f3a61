from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quizzes.models.content import Quiz
from tendril.accounts.models import User
from tendril.classrooms.models import Classroom, Enrolment


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def given_to(self, student: User) -> Self:
        """Those of the classrooms in which this person learns now."""
        return self.filter(
            classroom__archived_at=None,
            classroom__enrolments__person=student,
            classroom__enrolments__role=Enrolment.Role.STUDENT,
        )

    def seen_by(self, person: User) -> Self:
        """Those of the classrooms in which this person learns or teaches now."""
        return self.filter(
            classroom__archived_at=None, classroom__enrolments__person=person
        )

    def with_quiz(self) -> Self:
        """Fetch classroom, quiz and lesson along, without the lesson's text."""
        return self.select_related("classroom", "quiz__lesson").defer(
            "quiz__lesson__html"
        )

    def open(self) -> Self:
        now = timezone.now()
        return self.filter(Q(closes_at=None) | Q(closes_at__gt=now), opens_at__lte=now)

    def taught_by(self, teacher: User) -> Self:
        return self.filter(
            classroom__archived_at=None,
            classroom__enrolments__person=teacher,
            classroom__enrolments__role=Enrolment.Role.TEACHER,
        )


class Assignment(models.Model):
    """A quiz given to a classroom, with the rules it is taken by."""

    class Feedback(models.TextChoices):
        AT_ONCE = "at_once", _("after each answer")
        AT_END = "at_end", _("after handing in")
        RELEASED = "released", _("when the teacher says")

    classroom = models.ForeignKey(
        Classroom, on_delete=models.PROTECT, related_name="assignments"
    )
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="assignments")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="assignments_made",
    )
    opens_at = models.DateTimeField(default=timezone.now)
    closes_at = models.DateTimeField(null=True, blank=True)
    # Empty: as many as one likes.
    attempts_allowed = models.PositiveSmallIntegerField(null=True, blank=True)
    feedback = models.CharField(
        max_length=10, choices=Feedback, default=Feedback.AT_ONCE
    )
    is_shuffled = models.BooleanField(_("questions in another order"), default=False)
    has_hints = models.BooleanField(_("hints may be opened"), default=True)
    # Empty: no limit of time.
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(attempts_allowed=None) | Q(attempts_allowed__gt=0),
                name="assignment_allows_an_attempt",
            ),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__gt=0),
                name="assignment_gives_some_time",
            ),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__gt=models.F("opens_at")),
                name="assignment_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz}: {self.classroom}"

    def get_absolute_url(self) -> str:
        return reverse("quizzes:assignment", args=[self.pk])

    @property
    def marks_at_once(self) -> bool:
        return self.feedback == self.Feedback.AT_ONCE

    @property
    def marks_at_end(self) -> bool:
        return self.feedback == self.Feedback.AT_END

    @property
    def marks_when_released(self) -> bool:
        return self.feedback == self.Feedback.RELEASED

    @property
    def is_over(self) -> bool:
        return self.closes_at is not None and self.closes_at <= timezone.now()

    @property
    def is_takeable(self) -> bool:
        return self.is_open and self.quiz.retired_at is None

    @property
    def is_open(self) -> bool:
        now = timezone.now()
        return self.opens_at <= now and (self.closes_at is None or now < self.closes_at)
