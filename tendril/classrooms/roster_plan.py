"""What a list would change in a class, row by row; nothing is written here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tendril.accounts.models import User
from tendril.accounts.names import (
    tidy_name,
    validate_display_name,
    validate_visible,
)
from tendril.classrooms import birth_months
from tendril.classrooms.models import Classroom, Enrolment
from tendril.classrooms.roster_class import Sitting, sitting_of
from tendril.classrooms.roster_groups import folded
from tendril.classrooms.roster_lines import Line, Plan, State
from tendril.classrooms.rosters import Row

LONGEST_NAME = User._meta.get_field("display_name").max_length or 0
LONGEST_ID = Enrolment._meta.get_field("roster_id").max_length or 0


def compare(rows: Sequence[Row], *, classroom: Classroom, teacher: User) -> Plan:
    """Hold each row against the class as it is, for what this teacher may set."""
    sitting = sitting_of(classroom, teacher)
    seen: dict[object, int] = {}
    lines = [_line(row, sitting, seen) for row in rows]
    present = {line.person.pk for line in lines if line.person}
    return Plan(
        lines,
        missing=[s for s in sitting.seats.values() if s.person_id not in present],
        new_groups=sorted(sitting.groups.new),
    )


def _line(row: Row, sitting: Sitting, seen: dict[object, int]) -> Line:
    person = None
    try:
        person = sitting.find(row)
        keys = _keys(row, person)
        _check_once(keys, seen)
        line = _known(row, person, sitting) if person else _new(row, sitting)
    except ValidationError as refused:
        return Line(row, State.REFUSED, person, why=refused.messages[0])
    seen.update(dict.fromkeys(keys, row.line))
    sitting.groups.add(line.groups)
    return line


def _keys(row: Row, person: User | None) -> list[object]:
    """What no other row of the list may have as well."""
    by_id: list[object] = [("id", row.roster_id)] if row.roster_id else []
    if person:
        return [person.pk, *by_id]
    return by_id or [folded(row.name)]


def _check_once(keys: Sequence[object], seen: dict[object, int]) -> None:
    first = next((seen[key] for key in keys if key in seen), None)
    if first is not None:
        raise ValidationError(
            _(
                "Line %(line)d is about the same student. If these are two children, "
                "write their names differently, such as Ana B."
            )
            % {"line": first}
        )


def _new(row: Row, sitting: Sitting) -> Line:
    return Line(
        row,
        State.NEW,
        name=_checked_name(row.name),
        born_on=birth_months.read(row.born) if row.born else None,
        groups=_groups(row, sitting, None),
        roster_id=_other_id(row, sitting, None, None),
    )


def _known(row: Row, person: User, sitting: Sitting) -> Line:
    seat = sitting.seats.get(person.pk)
    is_ours = person.pk in sitting.looked_after
    is_renaming = sitting.is_renaming(row, person)
    line = Line(
        row,
        State.KNOWN,
        person,
        seat,
        name=_checked_name(row.name) if is_renaming and is_ours else "",
        born_on=_other_month(row, person) if is_ours else None,
        groups=_groups(row, sitting, seat),
        roster_id=_other_id(row, sitting, person, seat),
        keeps_name=is_renaming and not is_ours,
    )
    return replace(line, state=State.CHANGED) if line.is_writing else line


def _other_month(row: Row, person: User) -> date | None:
    if not row.born or row.born == birth_months.written(person.born_on):
        return None
    read = birth_months.read(row.born)
    return None if read == person.born_on else read


def _groups(row: Row, sitting: Sitting, seat: Enrolment | None) -> tuple[str, ...]:
    """Groups to join; whoever is in one already stays there."""
    mine = {tidy_name(g.name) for g in seat.groups.all()} if seat else set()
    return sitting.groups.joined(row.groups, already=mine)


def _other_id(
    row: Row, sitting: Sitting, person: User | None, seat: Enrolment | None
) -> str:
    if len(row.roster_id) > LONGEST_ID:
        raise ValidationError(_("The id of this student is too long for a list."))
    holder = sitting.used_ids.get(row.roster_id)
    if holder and not (person and person.pk == holder):
        raise ValidationError(
            _("The list gives this student the id of another one of the class.")
        )
    held = tidy_name(seat.roster_id) if seat else ""
    if row.roster_id == held:
        return ""
    validate_visible(row.roster_id)
    return row.roster_id


def _checked_name(name: str) -> str:
    if not name:
        raise ValidationError(_("The name is missing. Write at least a first name."))
    if len(name) > LONGEST_NAME:
        raise ValidationError(
            _("This name is too long to show. Write up to %(most)d letters.")
            % {"most": LONGEST_NAME}
        )
    validate_display_name(name)
    return name
