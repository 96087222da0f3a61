"""The gradebook as CSV: for people, and as Canvas and Moodle import it.

Canvas reads a name, its own and the school's numbers, a log-in and a section,
then a column for each assignment; a second row tells the points possible, and EX
excuses. See "How do I import grades in the Gradebook?" in its Instructor Guide.
Moodle lets the teacher say which column names the student, and matches columns
with grade items by their names. See docs.moodle.org, "Grade import".
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from decimal import Decimal

from django.utils.text import slugify
from django.utils.translation import gettext as _

from quizzes.gradebook import Cell, Gradebook, Row

# Spreadsheets run what begins with these, or with their wide forms.
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
BOM = "\ufeff"
Line = list[str]


def guarded(text: str) -> str:
    """The same text, such that a spreadsheet shows it and never runs it."""
    return f"'{text}" if text.lstrip(" ").startswith(RUNS) else text


def for_people(book: Gradebook) -> str:
    """What the table shows, cell for cell: a score and what is said of it."""
    head = [_("Student"), _("Username"), _("Groups")]
    for column in book.columns:
        title = column.assignment.title
        if column.max_score is not None:
            title = f"{title} ({_('of %(points)s') % {'points': column.max_text}})"
        head += [title, _("%(title)s: remarks") % {"title": column.assignment.title}]
    head += [_("Total"), _("Total: of")]
    return BOM + written([head, *map(_row_for_people, book.rows)])


def _row_for_people(row: Row) -> Line:
    line = [str(row.student), row.student.username, ", ".join(row.groups)]
    for cell in row.cells:
        line += [cell.score_text, ", ".join(cell.remarks)]
    return [*line, row.total_text, row.total_max_text]


def for_canvas(book: Gradebook) -> str:
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    columns = scored(book)
    possible = ["    Points Possible", "", "", "", ""]
    lines = [
        [*head, *(book.columns[number].assignment.title for number in columns)],
        [*possible, *(plain(book.columns[number].max_score) for number in columns)],
    ]
    for row in book.rows:
        who = [str(row.student), "", row.enrolment.roster_id, row.student.username]
        scores = [canvas_score(row.cells[number]) for number in columns]
        lines.append([*who, str(book.classroom), *scores])
    return written(lines)


def canvas_score(cell: Cell) -> str:
    return "EX" if cell.work.is_excused else plain(cell.score.points)


def for_moodle(book: Gradebook) -> str:
    columns = scored(book)
    head = ["Username", "ID number", "Full name"]
    lines = [[*head, *(book.columns[number].assignment.title for number in columns)]]
    for row in book.rows:
        who = [row.student.username, row.enrolment.roster_id, str(row.student)]
        lines.append([*who, *(plain(row.cells[n].score.points) for n in columns)])
    return written(lines)


def scored(book: Gradebook) -> Sequence[int]:
    """Which columns have points; the others mean nothing elsewhere."""
    return [n for n, column in enumerate(book.columns) if column.max_score is not None]


def plain(points: Decimal | None) -> str:
    """As machines write it, whatever the language."""
    if points is None:
        return ""
    whole = points.to_integral_value()
    return str(whole if whole == points else points.normalize())


def written(lines: Sequence[Line]) -> str:
    text = io.StringIO(newline="")
    # All in quotes: elsewhere a semicolon parts cells, and names may have one.
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerows([guarded(value) for value in line] for line in lines)
    return text.getvalue()


SHAPES: dict[str, Callable[[Gradebook], str]] = {
    "people": for_people,
    "canvas": for_canvas,
    "moodle": for_moodle,
}


def name_of(book: Gradebook, shape: str) -> str:
    """A name that every system can keep."""
    return f"gradebook-{slugify(str(book.classroom)) or book.classroom.pk}-{shape}.csv"
