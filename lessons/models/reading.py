from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lessons.models.content import Lesson
from tendril.accounts.models import User


class SyncBatch(models.Model):
    """What one device handed over at one time; undone as a whole or not at all."""

    id = models.UUIDField(primary_key=True, editable=False)
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="sync_batches"
    )
    received_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-received_at"]
        verbose_name_plural = "sync batches"

    def __str__(self) -> str:
        return str(self.pk)


class ProgressEventQuerySet(models.QuerySet["ProgressEvent"]):
    def standing(self) -> Self:
        """Without what came in a batch that was undone."""
        return self.filter(Q(batch=None) | Q(batch__undone_at=None))


class ProgressEvent(models.Model):
    """Something a student did in a lesson. Rows are added, never changed."""

    class Kind(models.TextChoices):
        OPENED = "opened", _("opened")
        REACHED = "reached", _("reached a passage")
        FINISHED = "finished", _("finished")

    id = models.UUIDField(primary_key=True, editable=False)
    batch = models.ForeignKey(
        SyncBatch,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="progress_events",
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="progress_events",
    )
    lesson = models.ForeignKey(
        Lesson, on_delete=models.PROTECT, related_name="progress_events"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    passage_key = models.CharField(max_length=80, blank=True)
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField(auto_now_add=True)

    objects = ProgressEventQuerySet.as_manager()

    class Meta:
        ordering = ["happened_at", "pk"]
        indexes = [
            models.Index(fields=["student", "lesson"], name="progress_event_by_student")
        ]

    def __str__(self) -> str:
        return f"{self.student} {self.kind} {self.lesson}"


class ProgressQuerySet(models.QuerySet["Progress"]):
    def of(self, student: User) -> Self:
        return self.filter(student=student)

    def unfinished(self) -> Self:
        return self.filter(finished_at__isnull=True)

    def finished(self) -> Self:
        return self.filter(finished_at__isnull=False)


class Progress(models.Model):
    """Where a student stands in a lesson, derived from the standing events."""

    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="progress"
    )
    lesson = models.ForeignKey(
        Lesson, on_delete=models.PROTECT, related_name="progress"
    )
    opened_at = models.DateTimeField()
    last_read_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    # Where to resume; empty at the start of the lesson.
    passage_key = models.CharField(max_length=80, blank=True)

    objects = ProgressQuerySet.as_manager()

    class Meta:
        ordering = ["-last_read_at"]
        verbose_name_plural = "progress"
        constraints = [
            models.UniqueConstraint(
                fields=["student", "lesson"], name="progress_once_per_lesson"
            )
        ]

    def __str__(self) -> str:
        return f"{self.student} in {self.lesson}"


class MistakeReport(models.Model):
    """A reader's word that something in a lesson is wrong."""

    lesson = models.ForeignKey(
        Lesson, on_delete=models.PROTECT, related_name="mistake_reports"
    )
    passage_key = models.CharField(max_length=80, blank=True)
    text = models.TextField(_("what is wrong"), max_length=1000)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="mistake_reports",
    )
    reported_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-reported_at"]

    def __str__(self) -> str:
        return f"{self.lesson}: {self.text[:40]}"
