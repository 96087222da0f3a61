from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from tendril.classrooms.models.classes import Classroom


class RosterImport(models.Model):
    """A list that was read and shown, and is written once somebody says so."""

    classroom = models.ForeignKey(
        Classroom, on_delete=models.CASCADE, related_name="roster_imports"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="roster_imports",
    )
    made_at = models.DateTimeField(default=timezone.now)
    # The rows as tendril.classrooms.roster reads them.
    rows = models.JSONField(default=list)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return str(self.classroom)
