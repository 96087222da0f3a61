"""What a list that was written has changed."""

from __future__ import annotations

from dataclasses import dataclass

from tendril.accounts.models import User
from tendril.accounts.sign_in_slips import MOST_AT_ONCE
from tendril.classrooms.access import accounts_managed_by
from tendril.classrooms.models import RosterImport
from tendril.classrooms.roster_lines import State


@dataclass(frozen=True, slots=True)
class Outcome:
    counts: list[tuple[State, int]]
    # Lines that were left out; what stood in them is not kept.
    refused: list[int]
    # As many as get their passphrases at a time.
    new: list[list[User]]


def outcome_of(roster: RosterImport, *, teacher: User) -> Outcome:
    """The counts as they were, and the new accounts that the class still has."""
    states = [line["state"] for line in roster.rows]
    refused = [line["line"] for line in roster.rows if line["state"] == State.REFUSED]
    made = [line["person"] for line in roster.rows if line["state"] == State.NEW]
    accounts = accounts_managed_by(teacher).filter(
        pk__in=made, managed_by=roster.classroom
    )
    new = accounts.order_by("display_name", "username")
    return Outcome(
        counts=[(state, states.count(state)) for state in State],
        refused=refused,
        new=_in_parts(list(new)),
    )


def _in_parts(people: list[User]) -> list[list[User]]:
    starts = range(0, len(people), MOST_AT_ONCE)
    return [people[start : start + MOST_AT_ONCE] for start in starts]
