from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FamilySettings(models.Model):
    """What the guardians of a student set for the tutor."""

    student = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="tutor_settings",
    )
    is_paused = models.BooleanField(_("paused"), default=False)
    # Both or neither; from later than until goes over midnight.
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    # In whose clock the quiet hours are meant.
    time_zone = models.CharField(max_length=40, default="UTC")
    daily_questions = models.PositiveSmallIntegerField(
        _("questions a day"), null=True, blank=True, validators=[MaxValueValidator(200)]
    )

    class Meta:
        verbose_name_plural = "family settings"
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                name="familysettings_quiet_hours_have_both_ends",
            )
        ]

    def __str__(self) -> str:
        return str(self.student)


class Budget(models.Model):
    """What was asked on one day by a student, a class or the whole site."""

    class Scope(models.TextChoices):
        STUDENT = "student", _("student")
        CLASSROOM = "class", _("class")
        SITE = "site", _("site")

    scope = models.CharField(max_length=7, choices=Scope)
    # Of the student or the class; 0 for the site. Without a name on purpose.
    owner = models.PositiveBigIntegerField(default=0)
    day = models.DateField()
    questions = models.PositiveIntegerField(default=0)
    # Questions that went to a model, and what they cost there.
    calls = models.PositiveIntegerField(default=0)
    tokens = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "owner", "day"], name="budget_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_scope_display()} {self.owner}, {self.day}"
