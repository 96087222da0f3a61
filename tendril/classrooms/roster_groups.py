"""The groups that a list names: those of the class, and new ones within limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tendril.accounts.names import tidy_name, validate_visible
from tendril.classrooms.models import Group

LONGEST_NAME = Group._meta.get_field("name").max_length or 0
# Far above what a class has: more is a cell that holds something else.
MOST_OF_ONE = 20
MOST_NEW = 100


def folded(name: str) -> str:
    return tidy_name(name).casefold()


class Groups:
    """Those of a class, and what the rows of a list add to them one by one."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = set(names)
        # Of several that differ in capitals alone, the first.
        self._alike = {folded(name): name for name in reversed(names)}
        self.new: list[str] = []

    def joined(self, names: Sequence[str], *, already: set[str]) -> tuple[str, ...]:
        """Those to join, as the class writes them whatever the capitals; or refused."""
        alike = {folded(name): name for name in reversed(names)} | self._alike
        ours = [name if name in self._names else alike[folded(name)] for name in names]
        found = [name for name in dict.fromkeys(ours) if tidy_name(name) not in already]
        if len(found) > MOST_OF_ONE:
            raise ValidationError(
                _("These are too many groups: a row may name %(most)d.")
                % {"most": MOST_OF_ONE}
            )
        self._check([name for name in found if name not in self._names])
        return tuple(found)

    def add(self, names: Iterable[str]) -> None:
        new = [name for name in names if name not in self._names]
        self.new += new
        self._names.update(new)
        self._alike |= {folded(name): name for name in new}

    def _check(self, new: Sequence[str]) -> None:
        for name in new:
            if len(name) > LONGEST_NAME:
                raise ValidationError(
                    _("The name of a group is too long. Write up to %(most)d letters.")
                    % {"most": LONGEST_NAME}
                )
            validate_visible(name)
        if len(self.new) + len(new) > MOST_NEW:
            raise ValidationError(
                _(
                    "The rows above make %(most)d new groups already, the most at a time."
                )
                % {"most": MOST_NEW}
            )
