"""Classes that would stand without a teacher."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from tendril.accounts.models import User
from tendril.accounts.sealing import unsealed
from tendril.classrooms.models import Classroom, Enrolment


def classrooms_left_alone_by(teacher: User) -> QuerySet[Classroom]:
    """Open classrooms that have students and no other teacher."""
    seats = Enrolment.objects.filter(unsealed("person"), classroom=OuterRef("pk"))
    others = seats.teachers().exclude(person=teacher)
    students = seats.students()
    return (
        Classroom.objects.open()
        .taught_by(teacher)
        .filter(Exists(students))
        .exclude(Exists(others))
    )
