"""What a student's guardians set for the tutor: a pause, quiet hours, a number."""

from __future__ import annotations

from django.utils import timezone

from tendril.accounts.models import User
from tendril.classrooms.models import Classroom
from tutor.models import FamilySettings


def of(student: User) -> FamilySettings:
    """What is set, or what holds while nothing is; quiet hours in the class's clock."""
    kept = FamilySettings.objects.filter(student=student).first()
    if kept:
        return kept
    classroom = Classroom.objects.open().attended_by(student).first()
    zone = classroom.time_zone if classroom else timezone.get_default_timezone_name()
    return FamilySettings(student=student, time_zone=zone)


def keep(settings: FamilySettings) -> None:
    FamilySettings.objects.update_or_create(
        student=settings.student,
        defaults={
            "is_paused": settings.is_paused,
            "quiet_from": settings.quiet_from,
            "quiet_until": settings.quiet_until,
            "time_zone": settings.time_zone,
            "daily_questions": settings.daily_questions,
        },
    )
