"""The rows of a list beside a class: what each is, and what it would change."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from tendril.accounts.models import User
from tendril.classrooms.models import Enrolment
from tendril.classrooms.rosters import Row


class State(TextChoices):
    NEW = "new", gettext_lazy("New")
    CHANGED = "changed", gettext_lazy("Changed")
    KNOWN = "known", gettext_lazy("Here already")
    REFUSED = "refused", gettext_lazy("Left out")


@dataclass(frozen=True, slots=True)
class Line:
    """A row and what it does; what is empty here stays as it is."""

    row: Row
    state: State
    person: User | None = None
    seat: Enrolment | None = None
    name: str = ""
    born_on: date | None = None
    groups: tuple[str, ...] = ()
    roster_id: str = ""
    # The account is the child's own: a list does not rename it.
    keeps_name: bool = False
    why: str = ""

    @property
    def shown(self) -> str:
        """Whatever tells a reader of the list which row this is."""
        found = self.row.name or (str(self.person) if self.person else "")
        return found or self.row.username or self.row.roster_id

    @property
    def is_back(self) -> bool:
        return self.person is not None and self.seat is None

    @property
    def is_writing(self) -> bool:
        written = self.name or self.born_on or self.groups or self.roster_id
        return bool(written) or self.is_back

    def facts(self) -> tuple[object, ...]:
        whom = self.person.pk if self.person else None
        written = (self.name, str(self.born_on), self.groups, self.roster_id)
        return (self.row.line, self.state.value, whom, *written, str(self.why))


@dataclass(frozen=True, slots=True)
class Plan:
    lines: list[Line]
    # Students of the class who are not on the list: nothing happens to them.
    missing: list[Enrolment]
    new_groups: list[str]

    def of(self, state: State) -> list[Line]:
        return [line for line in self.lines if line.state == state]

    @property
    def refused_first(self) -> list[Line]:
        """As they are shown: what somebody must mend is not to be searched for."""
        return sorted(self.lines, key=lambda line: line.state != State.REFUSED)

    @property
    def counts(self) -> list[tuple[State, int]]:
        return [(state, len(self.of(state))) for state in State]

    @property
    def writing(self) -> int:
        return len(self.of(State.NEW)) + len(self.of(State.CHANGED))

    @property
    def digest(self) -> str:
        """Another one as soon as anything else would be written than was shown."""
        facts = repr([line.facts() for line in self.lines])
        return hashlib.sha256(facts.encode()).hexdigest()[:32]
