"""What classes keep about people."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tendril.accounts.models import User
from tendril.accounts.personal_data import Row, register, shows_nothing, stays
from tendril.classrooms.models import (
    Classroom,
    Enrolment,
    Group,
    JoinCode,
    RosterImport,
    TakenOff,
)


def register_all() -> None:
    register(
        RosterImport, title=_("Lists you read in"), export=_lists, erase=_drop_lists
    )
    register(JoinCode, title=_("Join slips"), export=_slips, erase=_forget_slips)
    register(
        TakenOff,
        title=_("Classes you were taken off"),
        export=_taken_off,
        erase=_forget_taken_off,
    )
    # Who leaves a class leaves its groups; the enrolment tells of both.
    register(Group, export=shows_nothing, erase=stays)
    register(Enrolment, title=_("Classes"), export=_classes, erase=_leave_classes)


def _lists(person: User) -> Iterator[Row]:
    """Without what stands in them, which is about others."""
    for read in person.roster_imports.select_related("classroom").order_by("made_at"):
        yield {
            _("class"): read.classroom.name,
            _("read in"): read.made_at,
            _("written"): read.done_at,
        }


def _drop_lists(person: User) -> None:
    """Drop the lists they read in, and those that may name them."""
    classrooms = Classroom.objects.filter(
        Q(enrolments__person=person) | Q(managed_accounts=person)
    )
    RosterImport.objects.filter(
        Q(made_by=person) | Q(classroom__in=classrooms.values("pk"))
    ).delete()
    # Of classes they have left.
    named = [
        read.pk
        for read in RosterImport.objects.only("rows").iterator()
        if json.dumps(person.username) in json.dumps(read.rows)
    ]
    RosterImport.objects.filter(pk__in=named).delete()


def _slips(person: User) -> Iterator[Row]:
    used = person.join_codes_used.slips().select_related("classroom")
    for slip in used.order_by("used_at"):
        yield {
            _("class"): slip.classroom.name,
            _("name on the slip"): slip.name,
            _("used"): slip.used_at,
        }


def _forget_slips(person: User) -> None:
    person.join_codes_used.update(name="", used_by=None)


def _taken_off(person: User) -> Iterator[Row]:
    for taken in person.classes_taken_off.select_related("classroom"):
        yield {
            _("class"): taken.classroom.name,
            _("taken off"): taken.taken_off_at,
        }


def _forget_taken_off(person: User) -> None:
    person.classes_taken_off.all().delete()
    person.teachers_taken_off.update(by=None)


def _classes(person: User) -> Iterator[Row]:
    seats = person.enrolments.select_related("classroom").prefetch_related("groups")
    for seat in seats.order_by("joined_at"):
        yield {
            _("class"): seat.classroom.name,
            _("as"): seat.get_role_display(),
            _("since"): seat.joined_at,
            _("groups"): ", ".join(group.name for group in seat.groups.all()),
            _("number on the school's list"): seat.roster_id,
        }


def _leave_classes(person: User) -> None:
    person.enrolments.all().delete()
