"""Whether whoever invited an adult may still say who a child's guardians are."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import QuerySet

from tendril.accounts.models import Guardianship, Invitation, User
from tendril.accounts.sealing import unsealed

# Of whom a person may say so for the school.
ForTheSchool = Callable[[User], QuerySet[User]]

_schools: list[ForTheSchool] = []


def register(of_the_school: ForTheSchool) -> None:
    """Where schools are known is said from above; until then nobody speaks for one."""
    _schools.append(of_the_school)


def holds(invitation: Invitation) -> bool:
    """An invitation is worth no more than its maker's word is now."""
    return bool(holding([invitation]))


def holding(invitations: Iterable[Invitation]) -> list[Invitation]:
    """Those that still hold; a few queries for each maker."""
    given = list(invitations)
    good: set[tuple[str, int, int]] = set()
    for maker in User.objects.filter(
        unsealed(), pk__in={each.made_by_id for each in given}, is_active=True
    ):
        students = {each.student_id for each in given if each.made_by_id == maker.pk}
        for kind, known in _word_of(maker, students):
            good |= {(kind, maker.pk, student) for student in known}
    return [
        each for each in given if (each.kind, each.made_by_id, each.student_id) in good
    ]


def _word_of(maker: User, students: set[int]) -> Iterable[tuple[str, set[int]]]:
    school = {
        pk
        for of_the_school in _schools
        for pk in of_the_school(maker)
        .filter(pk__in=students)
        .values_list("pk", flat=True)
    }
    bonds = Guardianship.objects.verified().of(maker).filter(student__in=students)
    family = set(bonds.values_list("student", flat=True))
    kinds = Invitation.Kind
    return [
        (kinds.SCHOOL, school),
        (kinds.EMAIL, school | family),
        # It is worth nothing until the school says so.
        (kinds.CHILD, students & {maker.pk}),
    ]
