"""The four people of a demo, whose password everybody knows."""

from __future__ import annotations

from datetime import date

import yaml
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from pydantic import BaseModel, ConfigDict

from tendril.accounts.models import Guardianship, TeacherGrant, User
from tendril.classrooms.models import Classroom, Enrolment

PASSWORD = "tendril-demo"  # noqa: S105
FILE = settings.BASE_DIR / "fixtures" / "demo.yaml"
# Says in the database itself that it is a demo's, whatever else is in it.
MARK = "Demo people"


class PeopleOfItsOwn(Exception):
    """The database is not a demo's and already has people in it."""


class DemoPerson(BaseModel):
    model_config = ConfigDict(extra="forbid")

    username: str
    display_name: str
    born_on: date
    student: bool = False
    teacher: bool = False
    admin: bool = False
    guardian_of: str = ""
    verified_by: str = ""


class DemoPeople(BaseModel):
    model_config = ConfigDict(extra="forbid")

    classroom: str
    people: list[DemoPerson]


def usernames() -> list[str]:
    return [person.username for person in read_demo().people]


def read_demo() -> DemoPeople:
    return DemoPeople.model_validate(yaml.safe_load(FILE.read_text()))


def are_here() -> bool:
    return Group.objects.filter(name=MARK).exists()


@transaction.atomic
def make_once() -> bool:
    """Make them, unless that was done before; whether it was done now.

    Never among people who are no demo: they would get a teacher and an
    administrator whom anybody can sign in as.
    """
    if are_here():
        return False
    if User.objects.exists():
        raise PeopleOfItsOwn
    demo = read_demo()
    mark = Group.objects.create(name=MARK)
    classroom = Classroom.objects.create(name=demo.classroom)
    for person in demo.people:
        user = _make_user(person)
        user.groups.add(mark)
        _relate(person, user, classroom)
    return True


def _make_user(person: DemoPerson) -> User:
    return User.objects.create_user(
        person.username,
        password=PASSWORD,
        display_name=person.display_name,
        born_on=person.born_on,
        is_staff=person.admin,
        is_superuser=person.admin,
    )


def _relate(person: DemoPerson, user: User, classroom: Classroom) -> None:
    if person.teacher:
        TeacherGrant.objects.create(person=user)
        classroom.enrolments.create(person=user, role=Enrolment.Role.TEACHER)
    if person.student:
        classroom.enrolments.create(person=user)
        user.managed_by = classroom
        user.save(update_fields=["managed_by"])
    if person.guardian_of:
        Guardianship.objects.create(
            guardian=user,
            student=User.objects.get(username=person.guardian_of),
            verified_at=timezone.now(),
            verified_by=User.objects.get(username=person.verified_by),
        )
