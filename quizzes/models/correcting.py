from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quizzes.models.answering import Response
from quizzes.models.content import Question
from tendril.accounts.models import User
from tendril.accounts.sealing import unsealed
from tendril.classrooms.models import Enrolment


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def open(self) -> Self:
        return self.filter(state=Dispute.State.OPEN)

    def settled(self) -> Self:
        return self.exclude(state=Dispute.State.OPEN)

    def standing(self) -> Self:
        """Without what was undone, and without classes that are over."""
        return self.filter(
            Q(response__attempt__batch=None)
            | Q(response__attempt__batch__undone_at=None),
            response__attempt__assignment__classroom__archived_at=None,
        )

    def for_settling_by(self, person: User) -> Self:
        """A class's teachers settle what was assigned to it; staff, practice."""
        assigned = Q(
            response__attempt__assignment__classroom__enrolments__person=person,
            response__attempt__assignment__classroom__enrolments__role=(
                Enrolment.Role.TEACHER
            ),
        )
        if person.is_staff:
            assigned |= Q(response__attempt__assignment=None)
        return self.standing().filter(assigned, unsealed("response__attempt__student"))


class Dispute(models.Model):
    """A student's "I think I am right" about one marked answer."""

    class State(models.TextChoices):
        OPEN = "open", _("waiting for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    response = models.OneToOneField(
        Response, on_delete=models.PROTECT, related_name="dispute"
    )
    why = models.CharField(max_length=500)
    # One for all answers to a question that mean the same.
    group = models.CharField(max_length=64, db_index=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    # A word to the student, from whoever settled it.
    word = models.CharField(max_length=500, blank=True)
    raised_at = models.DateTimeField(auto_now_add=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="disputes_settled",
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    # When the student was told.
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        ordering = ["raised_at"]

    def __str__(self) -> str:
        return f"{self.response}: {self.why[:40]}"

    def get_absolute_url(self) -> str:
        return reverse("quizzes:dispute", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_accepted(self) -> bool:
        return self.state == self.State.ACCEPTED

    @property
    def is_declined(self) -> bool:
        return self.state == self.State.DECLINED


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def visible_to(self, person: User) -> Self:
        """Staff see all, a teacher what came of accepting an answer."""
        return self if person.is_staff else self.filter(made_by=person)


class Correction(models.Model):
    """Past answers marked again with a better key: who said so, and how far it is."""

    # The version with the better key; those it corrects point at it.
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="corrections"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="corrections"
    )
    reason = models.CharField(max_length=500)
    made_at = models.DateTimeField(auto_now_add=True)
    answer_count = models.PositiveIntegerField(default=0)
    done_count = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.question.key}: {self.reason[:40]}"

    def get_absolute_url(self) -> str:
        return reverse("quizzes:correction", args=[self.pk])


class MarkChange(models.Model):
    """One answer whose points a correction changed; rows are added, never changed."""

    correction = models.ForeignKey(
        Correction, on_delete=models.PROTECT, related_name="changes"
    )
    response = models.ForeignKey(
        Response, on_delete=models.PROTECT, related_name="mark_changes"
    )
    before = models.DecimalField(max_digits=5, decimal_places=2)
    after = models.DecimalField(max_digits=5, decimal_places=2)
    changed_at = models.DateTimeField(auto_now_add=True)
    # When the student was told; the one thing that is filled in later.
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["correction", "response"], name="mark_change_once_per_response"
            )
        ]

    def __str__(self) -> str:
        return f"{self.response}: {self.before} → {self.after}"
