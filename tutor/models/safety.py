from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tendril.accounts.models import User
from tendril.classrooms.models import Classroom
from tutor.models.asking import Exchange
from tutor.purposes import Purpose


class FlagQuerySet(models.QuerySet["Flag"]):
    def open(self) -> Self:
        return self.exclude(state=Flag.State.HANDLED)

    def dangers(self) -> Self:
        return self.filter(kind=Flag.Kind.DANGER)

    def for_person(self, person: User) -> Self:
        """Those that this person, and only whom they are for, may read."""
        return self.filter(addressees=person)


class Flag(models.Model):
    """Something an adult must see."""

    class Kind(models.TextChoices):
        DANGER = "danger", _("somebody may be in danger")
        MODERATION = "moderation", _("words that were not answered")
        REPORT = "report", _("an answer that a student reported")

    class State(models.TextChoices):
        NEW = "new", _("new")
        SEEN = "seen", _("seen")
        HANDLED = "handled", _("handled")

    exchange = models.OneToOneField(
        Exchange, on_delete=models.PROTECT, related_name="flag"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    classroom = models.ForeignKey(
        Classroom, on_delete=models.SET_NULL, null=True, blank=True
    )
    addressees = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="flags", blank=True
    )
    state = models.CharField(max_length=7, choices=State, default=State.NEW)
    made_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="flags_handled",
    )

    objects = FlagQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_danger(self) -> bool:
        return self.kind == self.Kind.DANGER


class Probe(models.Model):
    """One run of the self-test that shows the safety rules work."""

    purpose = models.CharField(max_length=20, choices=Purpose)
    passed = models.BooleanField()
    checked_at = models.DateTimeField(default=timezone.now)
    # What went wrong, for those who run the site; never a child's words.
    failures = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-checked_at"]
        indexes = [models.Index(fields=["purpose", "-checked_at"], name="probe_latest")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {self.checked_at:%Y-%m-%d %H:%M}"
