"""Exports as school systems write them: OneRoster 1.1 and 1.2 by 1EdTech, in CSV.

Of all its files ``users.csv`` and ``enrollments.csv`` say who sits where; in 1.2 the
role stands with the enrolment alone. Of a person only the given name is taken, the
family name's initial where two share one, and the id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tendril.classrooms.roster_text import Table, UnreadableRoster

USERS = {"sourcedid", "enableduser", "givenname", "familyname"}
ENROLMENTS = {"classsourcedid", "usersourcedid", "role"}
CLASSES = {"sourcedid", "title", "coursesourcedid"}


class SeveralClasses(UnreadableRoster):
    """The export holds more than one class, and nobody has said which to take."""

    def __init__(self, classes: list[tuple[str, str]]) -> None:
        super().__init__(
            _(
                "This export holds several classes. Choose one of them below, and "
                "choose the file once more."
            )
        )
        self.classes = classes


@dataclass(frozen=True, slots=True)
class Export:
    users: Table
    enrolments: Table | None
    classes: Table | None

    def students(self, classroom: str) -> Iterator[tuple[int, dict[str, str]]]:
        """Cells by the names of our columns, for the active students of a class."""
        users = {
            said.get("sourcedid", ""): (line, said)
            for line, said in self.users.rows()
            if _is_active(said)
        }
        if self.enrolments is None:
            learning = [u for u, (_n, said) in users.items() if _is_student(said)]
        else:
            learning = self._enrolled(classroom)
        for user in learning:
            line, said = users.get(user, (0, {}))
            yield line, _cells(user, said)

    def _enrolled(self, classroom: str) -> list[str]:
        seats = [
            (said.get("classsourcedid", ""), said.get("usersourcedid", ""))
            for _line, said in self._seats()
            if _is_active(said) and said.get("role", "").lower() == "student"
        ]
        sizes = Counter(where for where, _who in dict.fromkeys(seats))
        if len(sizes) > 1 and classroom not in sizes:
            raise SeveralClasses(self._choices(sizes))
        wanted = classroom if len(sizes) > 1 else next(iter(sizes), "")
        return list(dict.fromkeys(who for where, who in seats if where == wanted))

    def _seats(self) -> Iterator[tuple[int, dict[str, str]]]:
        return self.enrolments.rows() if self.enrolments else iter(())

    def _choices(self, sizes: Counter[str]) -> list[tuple[str, str]]:
        rows = self.classes.rows() if self.classes else ()
        titles = {said.get("sourcedid", ""): said.get("title", "") for _n, said in rows}
        return [
            (key, f"{titles.get(key) or key} ({size})")
            for key, size in sorted(sizes.items())
        ]


def export_in(tables: Sequence[Table]) -> Export | None:
    """What these files are together, if they are of OneRoster."""
    enrolments = _first(tables, ENROLMENTS)
    users = _first(tables, USERS)
    if users is None and enrolments is None:
        return None
    if users is None:
        raise UnreadableRoster(
            _("The names are missing. Send users.csv together with enrollments.csv.")
        )
    return Export(users, enrolments, _first(tables, CLASSES))


def _first(tables: Sequence[Table], columns: set[str]) -> Table | None:
    return next((table for table in tables if columns <= set(table.columns)), None)


def _is_active(said: dict[str, str]) -> bool:
    """Empty in an export of everything; a deleted row says so."""
    is_enabled = said.get("enableduser", "").lower() != "false"
    return is_enabled and said.get("status", "").lower() in ("", "active")


def _is_student(said: dict[str, str]) -> bool:
    """Without enrolments 1.2 does not say; whoever is no student is seen and left out."""
    return said.get("role", "student").lower() == "student"


def _cells(user: str, said: dict[str, str]) -> dict[str, str]:
    if not said:
        return {"roster_id": user, "undescribed": "yes"}
    return {
        "roster_id": user,
        "name": said.get("preferredgivenname") or said.get("givenname", ""),
        "family": said.get("familyname", ""),
    }
