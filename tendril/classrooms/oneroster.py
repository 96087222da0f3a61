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

# What tells each file from the others, as the standard writes it.
USERS = ("sourcedId", "enabledUser", "givenName", "familyName")
ENROLMENTS = ("classSourcedId", "userSourcedId", "role")
CLASSES = ("sourcedId", "title", "courseSourcedId")


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
        people = ((line, said) for line, said in self.users.rows() if _is_active(said))
        if self.enrolments is None:
            return ((n, _cells(said)) for n, said in people if _is_student(said))
        described = {said.get("sourcedid"): (n, _cells(said)) for n, said in people}
        return (
            described.get(who, (line, {"roster_id": who, "undescribed": "yes"}))
            for who, line in self._enrolled(self.enrolments, classroom).items()
        )

    def _enrolled(self, enrolments: Table, classroom: str) -> dict[str, int]:
        """Who learns in the class, and the line that says so."""
        seats = {
            (said.get("classsourcedid", ""), said.get("usersourcedid", "")): line
            for line, said in enrolments.rows()
            if _is_active(said) and said.get("role", "").lower() == "student"
        }
        sizes = Counter(where for where, _who in seats)
        if len(sizes) > 1 and classroom not in sizes:
            raise SeveralClasses(self._choices(sizes))
        wanted = classroom if len(sizes) > 1 else next(iter(sizes), "")
        return {who: line for (where, who), line in seats.items() if where == wanted}

    def _choices(self, sizes: Counter[str]) -> list[tuple[str, str]]:
        rows = self.classes.rows() if self.classes else ()
        titles = {said.get("sourcedid", ""): said.get("title", "") for _n, said in rows}
        return [
            (key, f"{titles.get(key) or key} ({size})")
            for key, size in sorted(sizes.items())
        ]


def export_in(tables: Sequence[Table]) -> Export | None:
    """What these files are together, if they are of OneRoster."""
    users, enrolments, classes = (
        next((t for t in tables if not _missing(t, columns)), None)
        for columns in (USERS, ENROLMENTS, CLASSES)
    )
    if users is None and enrolments is None:
        return None
    others = [t for t in tables if t not in (users, enrolments, classes)]
    if users is None:
        raise _lacking("users.csv", USERS, others)
    # Without enrolments all of them are taken, so nothing may be passed over.
    if enrolments is None and others:
        raise _lacking("enrollments.csv", ENROLMENTS, others)
    return Export(users, enrolments, classes)


def _missing(table: Table, columns: Sequence[str]) -> list[str]:
    return [name for name in columns if name.lower() not in table.columns]


def _lacking(
    file: str, columns: Sequence[str], others: Sequence[Table]
) -> UnreadableRoster:
    """Says what the file that comes nearest lacks, if one comes near."""
    missing = min((_missing(t, columns) for t in others), key=len, default=[])
    if not 0 < len(missing) <= len(columns) // 2:
        return UnreadableRoster(
            _(
                "These files do not say who is in the class. Send users.csv together "
                "with enrollments.csv."
            )
        )
    return UnreadableRoster(
        _(
            "What should be %(file)s has no column %(columns)s. Export it again with "
            "all of its columns."
        )
        % {"file": file, "columns": ", ".join(missing)}
    )


def _is_active(said: dict[str, str]) -> bool:
    """Empty in an export of everything; a deleted row says so."""
    is_enabled = said.get("enableduser", "").lower() != "false"
    return is_enabled and said.get("status", "").lower() in ("", "active")


def _is_student(said: dict[str, str]) -> bool:
    """Without enrolments 1.2 does not say; whoever is no student is seen and left out."""
    return said.get("role", "student").lower() == "student"


def _cells(said: dict[str, str]) -> dict[str, str]:
    return {
        "roster_id": said.get("sourcedid", ""),
        "name": said.get("preferredgivenname") or said.get("givenname", ""),
        "family": said.get("familyname", ""),
    }
