"""Who is a teacher here, on another teacher's word."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import timezone

from tendril.accounts.models import TeacherGrant, User

GROWN_UP_AT = 18


class GrantRefused(Exception):
    """On this site it is staff's word alone, or this teacher has none to give."""


class NobodyOfThisName(Exception):
    """There is no account with this username."""


class StillAChild(Exception):
    """Teachers see children's work: nobody under age, or whom a class looks after."""


def may_grant(person: User) -> bool:
    """Granted teachers, where the site allows it; staff do so in the admin."""
    return settings.TEACHERS_MAY_GRANT and person.may_teach


def grant(username: str, *, by: User) -> User:
    """Say that somebody is a teacher; who is one already stays so on the first word."""
    if not may_grant(by):
        raise GrantRefused
    person = User.objects.filter(username=username, is_active=True).first()
    if person is None:
        raise NobodyOfThisName
    if person.managed_by_id or _is_under_age(person.born_on):
        raise StillAChild
    TeacherGrant.objects.get_or_create(person=person, defaults={"granted_by": by})
    return person


def _is_under_age(born_on: date | None) -> bool:
    """An adult may leave it empty, so that alone says nothing here."""
    if born_on is None:
        return False
    today = timezone.localdate()
    months = (today.year - born_on.year) * 12 + today.month - born_on.month
    return months < GROWN_UP_AT * 12
