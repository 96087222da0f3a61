"""Lists of students: kept until somebody has looked, then written once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from tendril.accounts import managed
from tendril.accounts.models import User
from tendril.classrooms.models import Classroom, Enrolment, Group, RosterImport
from tendril.classrooms.roster_lines import Line, Plan, State
from tendril.classrooms.roster_plan import compare
from tendril.classrooms.rosters import Row

# A list that nobody has confirmed by then holds names for no use.
KEPT_FOR = timedelta(days=1)


class ClassHasChanged(Exception):
    """What would be written is no longer what was shown."""


def prepare(rows: Sequence[Row], *, classroom: Classroom, by: User) -> RosterImport:
    """Keep a list to be looked at; nothing of it is in the class yet."""
    return RosterImport.objects.create(
        classroom=classroom, made_by=by, rows=[row.kept() for row in rows]
    )


def plan_of(roster: RosterImport, *, teacher: User) -> Plan:
    rows = [Row.of(kept) for kept in roster.rows]
    return compare(rows, classroom=roster.classroom, teacher=teacher)


def forget_old_lists() -> None:
    old = RosterImport.objects.filter(done_at=None)
    old.filter(made_at__lt=timezone.now() - KEPT_FOR).delete()


def write(roster: RosterImport, *, by: User, shown: str) -> None:
    """Write what was shown, and nothing a second time.

    ``shown`` is the digest of the plan that somebody has seen and agreed to. Of
    the list only its lines and who they were about stay: names that were left out
    are gone with it.
    """
    with transaction.atomic():
        # Other lists of this class wait, and then see what this one has made.
        Classroom.objects.select_for_update().get(pk=roster.classroom_id)
        locked = RosterImport.objects.select_for_update().get(pk=roster.pk)
        if locked.done_at:
            return
        plan = plan_of(locked, teacher=by)
        if plan.digest != shown:
            raise ClassHasChanged
        seats = [*_take_in(plan, locked.classroom), *_change(plan, locked.classroom)]
        _join_groups(seats, locked.classroom)
        written = {line.row: seat.person_id for line, seat in seats}
        locked.rows = [_kept(line, written) for line in plan.lines]
        locked.done_at = timezone.now()
        locked.save(update_fields=["rows", "done_at"])


Seats = list[tuple[Line, Enrolment]]


def _take_in(plan: Plan, classroom: Classroom) -> Seats:
    """Make accounts for new students, and give them a seat."""
    lines = plan.of(State.NEW)
    children = [managed.Child(line.name, line.born_on) for line in lines]
    people = managed.make_accounts(children, classroom_id=classroom.pk)
    seats = Enrolment.objects.bulk_create(
        Enrolment(person=person, classroom=classroom, roster_id=line.roster_id)
        for line, person in zip(lines, people, strict=True)
    )
    return list(zip(lines, seats, strict=True))


def _change(plan: Plan, classroom: Classroom) -> Seats:
    return [
        (line, _changed_seat(line, line.person, classroom))
        for line in plan.of(State.CHANGED)
        if line.person
    ]


def _changed_seat(line: Line, person: User, classroom: Classroom) -> Enrolment:
    if line.name or line.born_on:
        managed.describe(
            person,
            name=line.name or person.display_name,
            born_on=line.born_on or person.born_on,
        )
    seat, _made = Enrolment.objects.get_or_create(person=person, classroom=classroom)
    if line.roster_id:
        seat.roster_id = line.roster_id
        seat.save(update_fields=["roster_id"])
    return seat


def _join_groups(seats: Seats, classroom: Classroom) -> None:
    named = {name for line, _seat in seats for name in line.groups}
    groups = {group.name: group for group in classroom.groups.filter(name__in=named)}
    new = [Group(classroom=classroom, name=name) for name in named - groups.keys()]
    groups |= {group.name: group for group in Group.objects.bulk_create(new)}
    member = Group.members.through
    member.objects.bulk_create(
        (
            member(group=groups[name], enrolment=seat)
            for line, seat in seats
            for name in line.groups
        ),
        # Somebody else may just have put them there.
        ignore_conflicts=True,
    )


def _kept(line: Line, written: dict[Row, int]) -> dict[str, object]:
    known = line.person.pk if line.person else None
    return {
        "line": line.row.line,
        "state": line.state.value,
        "person": written.get(line.row, known),
    }
