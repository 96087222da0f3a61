"""A class as it is now, to hold a list against."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tendril.accounts.models import User
from tendril.accounts.names import tidy_name
from tendril.classrooms.access import accounts_made_by, accounts_managed_by
from tendril.classrooms.models import Classroom, Enrolment
from tendril.classrooms.roster_groups import Groups, folded
from tendril.classrooms.rosters import Row


@dataclass(frozen=True, slots=True)
class Sitting:
    # Students by the person, and by the username those who left as well.
    seats: dict[int, Enrolment]
    usernames: dict[str, User]
    roster_ids: dict[str, User]
    # Also those of people whom a list must not find, and must not clash with.
    used_ids: dict[str, int]
    names: dict[str, list[Enrolment]]
    groups: Groups
    # Whose name and month of birth this teacher may set.
    looked_after: set[int]

    def find(self, row: Row) -> User | None:
        """Whom a row is about; nobody of the class, if it names a new student.

        A username that is another class's is refused in the same words as one
        that is nobody's: a list must not tell who has an account here.
        """
        if row.username:
            return self._by_username(row)
        if row.roster_id in self.roster_ids:
            return self.roster_ids[row.roster_id]
        if row.is_undescribed:
            raise ValidationError(
                _(
                    "This line of enrollments.csv enrols a student whom users.csv "
                    "does not name."
                )
            )
        return self._by_name(row)

    def _by_username(self, row: Row) -> User:
        person = self.usernames.get(row.username)
        if person is None:
            raise ValidationError(
                _(
                    "No student of this class has this username. Leave it empty to "
                    "make a new account."
                )
            )
        return person

    def _by_name(self, row: Row) -> User | None:
        found = [
            seat.person
            for seat in self.names.get(folded(row.name), [])
            if not (row.roster_id and seat.roster_id)
        ]
        if len(found) > 1:
            raise ValidationError(
                _(
                    "Several students of this class have this name. Add a column with "
                    "their usernames."
                )
            )
        return found[0] if found else None

    def is_renaming(self, row: Row, person: User) -> bool:
        """A row that was found by its name says nothing new about it."""
        is_certain = row.username or row.roster_id in self.roster_ids
        return bool(is_certain and row.name) and row.name != tidy_name(
            person.display_name
        )


def sitting_of(classroom: Classroom, teacher: User) -> Sitting:
    students = classroom.enrolments.students().select_related("person")
    seats = list(students.prefetch_related("groups").order_by("pk"))
    names: dict[str, list[Enrolment]] = {}
    for seat in seats:
        names.setdefault(folded(str(seat.person)), []).append(seat)
    people = [*accounts_made_by(classroom), *(seat.person for seat in seats)]
    used = classroom.enrolments.exclude(roster_id="").values_list("roster_id", "person")
    return Sitting(
        seats={seat.person_id: seat for seat in seats},
        usernames={person.username: person for person in people},
        roster_ids={tidy_name(s.roster_id): s.person for s in seats if s.roster_id},
        used_ids={tidy_name(roster_id): person for roster_id, person in used},
        names=names,
        groups=Groups([group.name for group in classroom.groups.all()]),
        looked_after=set(accounts_managed_by(teacher).values_list("pk", flat=True)),
    )
