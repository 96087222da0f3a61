from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from tendril.classrooms.models.classes import Classroom


class JoinCodeQuerySet(models.QuerySet["JoinCode"]):
    def valid(self) -> Self:
        """Those that still let somebody into an open classroom."""
        return self.filter(
            classroom__archived_at=None, used_at=None, expires_at__gt=timezone.now()
        )

    def of_classes(self) -> Self:
        return self.filter(is_slip=False)

    def slips(self) -> Self:
        return self.filter(is_slip=True)


class JoinCode(models.Model):
    """Lets students into a classroom: one for all, or a slip for one of them."""

    classroom = models.ForeignKey(
        Classroom, on_delete=models.CASCADE, related_name="join_codes"
    )
    # Without look-alikes, in capital letters, without the dash that is shown.
    code = models.CharField(max_length=20, unique=True)
    is_slip = models.BooleanField(default=False)
    # Whom a slip is for, in the teacher's words.
    name = models.CharField(max_length=60, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="join_codes_made",
    )
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    # A slip works once.
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="join_codes_used",
    )

    objects = JoinCodeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["classroom"],
                condition=models.Q(is_slip=False),
                name="join_code_one_per_classroom",
            ),
        ]

    def __str__(self) -> str:
        """As it is read out and printed, with a dash in the middle."""
        half = len(self.code) // 2
        return f"{self.code[:half]}-{self.code[half:]}"

    @property
    def has_expired(self) -> bool:
        return self.expires_at <= timezone.now()
