"""Lists of students, read from what schools have: nothing here knows a database."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from django.utils.translation import gettext as _

from tendril.accounts.names import tidy_name
from tendril.classrooms import oneroster, roster_archive
from tendril.classrooms.roster_text import (
    MOST_LINES,
    Record,
    Table,
    UnreadableRoster,
    plain,
    records,
)

MOST_STUDENTS = 400
# Enough to see that a row names too many.
MOST_GROUPS = 200
# What schools call a column, as ``plain`` writes it.
WORDINGS = {
    "name": "name fullname displayname nametoshow student students studentname pupil "
    "pupilname learner child schuler schueler schulerin eleve alumno alumna alumnos "
    "nombrecompleto nomecompleto nomcomplet",
    "given": "given givenname firstname first forename preferredgivenname "
    "preferredname vorname rufname prenom nombre nome voornaam fornavn imie",
    "family": "family familyname lastname last surname nachname familienname nom "
    "nomdefamille apellido apellidos cognome sobrenome achternaam etternavn nazwisko",
    "username": "username user login loginname benutzername nutzername anmeldename "
    "usuario nomdutilisateur identifiant nomeutente gebruikersnaam",
    "born": "born monthofbirth birthmonth birthday birthdate dateofbirth dob "
    "geburtsmonat geburtsdatum geburtstag geboren fechadenacimiento nacimiento "
    "datedenaissance datadinascita datadenascimento geboortedatum",
    "groups": "group groups team teams gruppe gruppen groupe groupes grupo grupos "
    "gruppo gruppi groep groepen",
    "roster_id": "rosterid sourcedid id studentid sisid",
}
FIELD_OF = {word: field for field, words in WORDINGS.items() for word in words.split()}
IDENTIFYING = {"name", "given", "family", "username", "roster_id"}


@dataclass(frozen=True, slots=True)
class Row:
    """One student of a list, as the list says it; empty where it says nothing."""

    line: int
    name: str = ""
    username: str = ""
    born: str = ""
    groups: tuple[str, ...] = ()
    roster_id: str = ""
    # Named among the enrolled, but described nowhere.
    is_undescribed: bool = False

    def kept(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:
        return cls(**kept | {"groups": tuple(kept["groups"])})


def read(contents: Sequence[bytes], *, classroom: str = "") -> list[Row]:
    """The students in the files of one upload, in their order.

    ``classroom`` is the class to take of a OneRoster export with several; without
    it ``oneroster.SeveralClasses`` says which there are.
    """
    lists = _lists(contents)
    if not lists:
        raise UnreadableRoster(
            _("There is nobody in this list. Write one name on each line.")
        )
    export = oneroster.export_in([as_table(found) for found in lists])
    if export is None and len(lists) > 1:
        raise UnreadableRoster(
            _(
                "These files do not belong together. Send one list at a time, or both "
                "users.csv and enrollments.csv of a OneRoster export."
            )
        )
    said = list(export.students(classroom) if export else _said(lists[0]))
    if len(said) > MOST_STUDENTS:
        raise too_many(len(said))
    return list(_rows(said))


def _lists(contents: Sequence[bytes]) -> list[list[Record]]:
    lists, room = [], MOST_LINES
    for text in roster_archive.texts(contents):
        if found := records(text, most=room):
            lists.append(found)
            room -= len(found)
    return lists


def read_names(text: str) -> list[Row]:
    """Names as somebody types them, one on each line."""
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST_STUDENTS:
        raise too_many(len(lines))
    rows = [Row(number, tidy_name(line)) for number, line in lines]
    for row in rows:
        if re.search(r"[,;|]", row.name):
            raise UnreadableRoster(
                _("Line %(line)d holds a comma. Write one name on each line.")
                % {"line": row.line}
            )
    return rows


def too_many(count: int) -> UnreadableRoster:
    return UnreadableRoster(
        _(
            "This list has %(count)d students, and one list may have up to %(most)d. "
            "Send one class at a time."
        )
        % {"count": count, "most": MOST_STUDENTS}
    )


def as_table(found: Sequence[Record]) -> Table:
    return Table([plain(cell) for cell in found[0].cells], found[1:])


def _said(found: Sequence[Record]) -> Iterator[tuple[int, dict[str, str]]]:
    """Cells by the names of our columns, as a list gives them or has them without."""
    columns = [FIELD_OF.get(plain(cell), "") for cell in found[0].cells]
    if IDENTIFYING.intersection(columns):
        return Table(_sorted_out(columns), found[1:]).rows()
    if any(len(record.cells) > 1 for record in found):
        raise UnreadableRoster(
            _(
                "The first line must say what each column holds, such as: name, group. "
                "A list without such a line has one name on each line and no columns."
            )
        )
    return ((record.line, {"name": record.cells[0]}) for record in found)


def _sorted_out(columns: list[str]) -> list[str]:
    """Beside first names, "name" is the family's; family names alone are names."""
    if "given" in columns:
        meant = {"name": "family", "given": "name"}
    else:
        meant = {} if "name" in columns else {"family": "name"}
    return [meant.get(column, column) for column in columns]


def _rows(cells: Sequence[tuple[int, dict[str, str]]]) -> Iterator[Row]:
    """Given names, and an initial where two share one: a family name is not kept."""
    rows = [_row(line, said) for line, said in cells]
    shared = Counter(row.name.casefold() for row in rows)
    for row, (_line, said) in zip(rows, cells, strict=True):
        family = tidy_name(said.get("family", ""))
        is_shared = row.name and shared[row.name.casefold()] > 1
        told_apart = f"{row.name} {family[:1]}." if is_shared and family else row.name
        yield replace(row, name=told_apart)


def _row(line: int, said: dict[str, str]) -> Row:
    return Row(
        line,
        name=tidy_name(said.get("name", "")),
        username=said.get("username", "").lower(),
        born=said.get("born", ""),
        groups=groups_in(said.get("groups", ""))[:MOST_GROUPS],
        roster_id=tidy_name(said.get("roster_id", "")),
        is_undescribed="undescribed" in said,
    )


def groups_in(cell: str) -> tuple[str, ...]:
    """Names of groups between semicolons; ``groups_cell`` read backwards."""
    parts = re.findall(r"(?:\\[\\;]|[^;])+", cell)
    names = [tidy_name(re.sub(r"\\([\\;])", r"\1", part)) for part in parts]
    return tuple(dict.fromkeys(name for name in names if name))


def groups_cell(names: Iterable[str]) -> str:
    return "; ".join(re.sub(r"([\\;])", r"\\\1", tidy_name(name)) for name in names)
