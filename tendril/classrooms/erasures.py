"""Who is to be erased, for those who may call it off."""

from __future__ import annotations

from django.db.models import QuerySet

from tendril.accounts.models import Erasure, User
from tendril.classrooms.access import in_charge_of


def told_to(viewer: User) -> QuerySet[Erasure]:
    """Of others about whom this person decides; to be shown with name and day alone."""
    others = in_charge_of(viewer).exclude(pk=viewer.pk)
    asked = Erasure.objects.open().filter(person__in=others.values("pk"))
    return asked.select_related("person").order_by("due_at", "pk")
