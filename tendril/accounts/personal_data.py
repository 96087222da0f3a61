"""What is kept about people: each app says how it is copied out, and how erased."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db.models import Model

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from tendril.accounts.models import User

# What a value is called, and the value.
Row: TypeAlias = "Mapping[StrOrPromise, Any]"


class Month(date):
    """A value of which no day was given, whatever day it is kept with."""

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month, 1)

    def isoformat(self) -> str:
        return f"{self.year:04}-{self.month:02}"


@dataclass(frozen=True)
class Entry:
    model: type[Model]
    title: StrOrPromise
    export: Callable[[User], Iterable[Row]]
    shared: Callable[[User], Iterable[Row]]
    erase: Callable[[User], object]

    @property
    def name(self) -> str:
        return self.model._meta.label_lower


_entries: dict[type[Model], Entry] = {}
_holds: list[Callable[[User], bool]] = []


def register(
    model: type[Model],
    *,
    export: Callable[[User], Iterable[Row]],
    erase: Callable[[User], object],
    title: StrOrPromise = "",
    shared: Callable[[User], Iterable[Row]] | None = None,
) -> None:
    """Say what a copy shows of a model, and what erasing a person does to it.

    Erasing goes through the models in the order of registering, so what points at
    another row is registered before it. A copy shows them the other way round, in
    rows of words and values that name nobody else; a copy that somebody else asked
    for shows what is ``shared``, where that is less.
    """
    if model in _entries:
        raise ValueError(f"{model._meta.label} is registered already.")
    _entries[model] = Entry(model, title, export, shared or export, erase)


def hold(check: Callable[[User], bool]) -> None:
    """Let a person's erasure wait for as long as ``check`` says so."""
    _holds.append(check)


def is_held(person: User) -> bool:
    return any(check(person) for check in _holds)


def entries() -> list[Entry]:
    return list(_entries.values())


def shows_nothing(person: User) -> Iterable[Row]:
    """For what says nothing of the person that stands nowhere else."""
    return ()


def stays(person: User) -> None:
    """For what belongs to others, and of the person has no more than the row left."""
