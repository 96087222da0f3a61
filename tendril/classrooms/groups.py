"""Groups inside a class."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from tendril.classrooms.models import Classroom, Enrolment, Group


class NameTaken(Exception):
    """Another group of the class has this name."""


@transaction.atomic
def make(classroom: Classroom, *, name: str, members: Iterable[Enrolment]) -> Group:
    return _save(Group(classroom=classroom, name=name), members)


@transaction.atomic
def change(group: Group, *, name: str, members: Iterable[Enrolment]) -> Group:
    group.name = name
    # Who is to be erased is in no list to choose from, and may yet stay.
    unseen = group.members.exclude(pk__in=group.classroom.enrolments.students())
    return _save(group, [*members, *unseen])


def _save(group: Group, members: Iterable[Enrolment]) -> Group:
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError:
        raise NameTaken from None
    # Who is sealed was not there to be chosen, and may come back.
    unseen = group.members.exclude(pk__in=Enrolment.objects.students())
    group.members.set([*members, *unseen])
    return group


def dissolve(group: Group) -> None:
    """Its members stay in the class."""
    group.delete()
