"""Children with the adults who are linked to them, for the school."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from tendril.accounts.models import Guardianship, User
from tendril.classrooms.access import students_vouched_for_by


def with_links(students: QuerySet[User], asked: str = "") -> QuerySet[User]:
    """Add how many are ``linked``, ``pending`` and ``barred``; who waits is first."""
    if asked:
        named = Q(display_name__icontains=asked) | Q(username__icontains=asked)
        students = students.filter(named)
    open_ones = Q(guardianships__barred_at=None, guardianships__isnull=False)
    verified = Q(guardianships__verified_at__isnull=False)
    return students.annotate(
        linked=Count("guardianships", filter=open_ones & verified),
        pending=Count("guardianships", filter=open_ones & ~verified),
        barred=Count("guardianships", filter=Q(guardianships__barred_at__isnull=False)),
    ).order_by("-pending", "display_name", "username")


def waiting_for(person: User) -> QuerySet[Guardianship]:
    """Links that wait for the word of this person."""
    students = students_vouched_for_by(person)
    return Guardianship.objects.pending().filter(student__in=students.values("pk"))
