"""Copies of everything about a person: asked for, kept for a week, and dropped."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from tendril.accounts import exporting
from tendril.accounts.models import Export, User
from tendril.accounts.tasks import make_copy


@transaction.atomic
def ask(*, person: User, by: User) -> Export:
    """Have a copy made; asked again while it is being made, the same one."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if waiting := copies_for(by, person).filter(made_at=None).first():
        return waiting
    # The newest says all that those before it do.
    copies_for(by, person).delete()
    copy = Export.objects.create(person=person, asked_by=by)
    make_copy.delay_on_commit(str(copy.pk))
    return copy


def copies_for(viewer: User, person: User) -> QuerySet[Export]:
    """Only whoever asked for a copy gets it, and only until it expires."""
    now = timezone.now()
    lasting = Q(expires_at__gt=now) | Q(
        made_at=None, asked_at__gt=now - exporting.GIVEN_UP_AFTER
    )
    return Export.objects.filter(lasting, asked_by=viewer, person=person)


def made_for(viewer: User, people: QuerySet[User]) -> QuerySet[Export]:
    """Copies to be fetched: asked for by this viewer, and about one of these."""
    lasting = Export.objects.filter(asked_by=viewer, expires_at__gt=timezone.now())
    return lasting.filter(person__in=people.values("pk")).select_related("person")
