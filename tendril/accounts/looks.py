"""Who looked at whose work: kept, and shown to whose work it is."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from tendril.accounts.models import Look, User


def record(viewer: User, students: Iterable[User], what: Look.What) -> None:
    """Remember that somebody looked; once a day, and never at their own work."""
    day = timezone.localdate()
    Look.objects.bulk_create(
        [
            Look(viewer=viewer, student=student, what=what, day=day)
            for student in students
            if student != viewer
        ],
        ignore_conflicts=True,
    )
