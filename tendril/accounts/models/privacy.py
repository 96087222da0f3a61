from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Look(models.Model):
    """An adult looked at a student's work; once a day for each thing."""

    class What(models.TextChoices):
        ANSWERS = "answers", _("answers")
        MARKS = "marks", _("marks")
        FAMILY = "family", _("family page")
        EXPORT = "export", _("copy of everything")

    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="looks"
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="looks_taken"
    )
    what = models.CharField(max_length=10, choices=What)
    day = models.DateField()
    looked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-looked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["student", "viewer", "what", "day"], name="look_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.viewer} → {self.student}: {self.get_what_display()}"


class Export(models.Model):
    """A copy of everything about a person, made in the background, kept for a while."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports_asked"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    # A zip; in the database, since the worker may stand on another machine.
    content = models.BinaryField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return str(self.person)


class ErasureQuerySet(models.QuerySet["Erasure"]):
    def open(self) -> Self:
        """Those that seal a person: asked for, not called off, not done yet."""
        return self.filter(called_off_at=None, done_at=None)


class Erasure(models.Model):
    """Somebody is to be erased; until ``due_at`` it can be called off."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="erasures"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="erasures_asked",
    )
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(called_off_at=None, done_at=None),
                name="erasure_one_open_per_person",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)
