from __future__ import annotations

from datetime import timedelta
from typing import Self
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Lower, NullIf
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tendril.accounts.models import User
from tendril.accounts.sealing import unsealed

# How long somebody is told that they were taken off a class.
TOLD_FOR = timedelta(days=30)


class ClassroomQuerySet(models.QuerySet["Classroom"]):
    def open(self) -> Self:
        return self.filter(archived_at__isnull=True)

    def taught_by(self, person: User) -> Self:
        return self.filter(
            enrolments__person=person, enrolments__role=Enrolment.Role.TEACHER
        )

    def attended_by(self, person: User) -> Self:
        return self.filter(
            enrolments__person=person, enrolments__role=Enrolment.Role.STUDENT
        )

    def with_student_count(self) -> Self:
        """Add ``student_count`` to each."""
        seats = Enrolment.objects.students().filter(classroom=OuterRef("pk"))
        counted = seats.order_by().values("classroom").annotate(n=Count("pk"))
        return self.annotate(student_count=Coalesce(Subquery(counted.values("n")), 0))


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("Write a time zone such as Europe/Vienna."))


class Classroom(models.Model):
    name = models.CharField(_("name"), max_length=80)
    time_zone = models.CharField(
        _("time zone"), max_length=50, default="UTC", validators=[validate_time_zone]
    )
    archived_at = models.DateTimeField(null=True, blank=True)
    # While it is, the tutor answers nobody who learns here.
    is_tutor_paused = models.BooleanField(_("the tutor is paused"), default=False)
    # The class of the year before.
    follows = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="followed_by",
    )

    objects = ClassroomQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("classrooms:classroom", args=[self.pk])


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def students(self) -> Self:
        """Without who is to be erased: nobody sees them any more."""
        return self.filter(unsealed("person"), role=Enrolment.Role.STUDENT)

    def teachers(self) -> Self:
        """Without who is to be erased: a class cannot count on them."""
        return self.filter(unsealed("person"), role=Enrolment.Role.TEACHER)

    def by_name(self) -> Self:
        """With their people, as a list of names is read."""
        named = self.annotate(
            shown_as=Coalesce(
                NullIf("person__display_name", Value("")), "person__username"
            )
        )
        return named.select_related("person").order_by(
            Lower("shown_as"), "person__username"
        )


class Enrolment(models.Model):
    class Role(models.TextChoices):
        TEACHER = "teacher", _("teacher")
        STUDENT = "student", _("student")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolments"
    )
    classroom = models.ForeignKey(
        Classroom, on_delete=models.CASCADE, related_name="enrolments"
    )
    role = models.CharField(max_length=10, choices=Role, default=Role.STUDENT)
    joined_at = models.DateTimeField(default=timezone.now)
    # What the school's own list calls them: sourcedId in OneRoster.
    roster_id = models.CharField(max_length=100, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "classroom"], name="enrolment_once_per_person"
            ),
            models.UniqueConstraint(
                fields=["classroom", "roster_id"],
                condition=~Q(roster_id=""),
                name="enrolment_once_per_roster_id",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.classroom}"


class TakenOffQuerySet(models.QuerySet["TakenOff"]):
    def recent(self) -> Self:
        return self.filter(taken_off_at__gt=timezone.now() - TOLD_FOR)


class TakenOff(models.Model):
    """Says to a teacher that another one took them off a class."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="classes_taken_off",
    )
    classroom = models.ForeignKey(
        Classroom, on_delete=models.CASCADE, related_name="teachers_taken_off"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="teachers_taken_off",
    )
    taken_off_at = models.DateTimeField(default=timezone.now)

    objects = TakenOffQuerySet.as_manager()

    class Meta:
        ordering = ["-taken_off_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.person} off {self.classroom}"


class Group(models.Model):
    """Some of a class; who leaves the class leaves its groups."""

    classroom = models.ForeignKey(
        Classroom, on_delete=models.CASCADE, related_name="groups"
    )
    name = models.CharField(_("name"), max_length=40)
    members = models.ManyToManyField(Enrolment, related_name="groups", blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["classroom", "name"],
                name="group_name_once_per_classroom",
                violation_error_message=_("A group of this class has this name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
