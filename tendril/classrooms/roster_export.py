"""A class as a list that a spreadsheet opens, and that can be sent back."""

from __future__ import annotations

import csv
import io

from tendril.accounts.models import User
from tendril.accounts.names import tidy_name
from tendril.classrooms import birth_months
from tendril.classrooms.access import accounts_managed_by
from tendril.classrooms.models import Classroom, Enrolment
from tendril.classrooms.roster_text import guard
from tendril.classrooms.rosters import groups_cell

# Not translated: whoever reads the list back knows them, whatever the language.
COLUMNS = ["username", "name", "month of birth", "groups", "roster id"]


def export(classroom: Classroom, *, teacher: User) -> str:
    """The students as CSV, guarded against formulas, for this teacher's eyes.

    The month of birth stands there for accounts that the class looks after; what
    other children have said of themselves is not the class's to hand on.
    """
    seats = (
        classroom.enrolments.students()
        .select_related("person")
        .prefetch_related("groups")
        .order_by("person__display_name", "person__username")
    )
    ours = set(accounts_managed_by(teacher).values_list("pk", flat=True))
    file = io.StringIO()
    # Excel takes it for UTF-8 by this mark alone.
    file.write("\ufeff")
    # All in quotes: elsewhere a semicolon parts cells, and names may have one.
    rows = csv.writer(file, quoting=csv.QUOTE_ALL)
    rows.writerow(COLUMNS)
    rows.writerows(_cells(seat, seat.person_id in ours) for seat in seats)
    return file.getvalue()


def _cells(seat: Enrolment, is_ours: bool) -> list[str]:
    person = seat.person
    cells = [
        person.username,
        tidy_name(person.display_name),
        birth_months.written(person.born_on) if is_ours else "",
        groups_cell(group.name for group in seat.groups.all()),
        tidy_name(seat.roster_id),
    ]
    return [guard(cell) for cell in cells]
