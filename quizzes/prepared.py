"""Queries whose SQL is written once, for what every single answer asks.

Django takes far longer to write such a SELECT, and to find out how to read what
comes back, than a database takes to run it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
Value = int | str | UUID | dt.datetime | dt.date
UNLIKELY = 1_000_000_007
NEVER = dt.datetime(2800, 5, 17, 4, 41, 23, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Written(Generic[M]):
    model: type[M]
    sql: str
    # For each place of the SQL: which of the values, or what always stands there.
    places: list[tuple[int | None, Any]]
    fields: list[str]
    annotations: dict[str, int]
    # What turns a stored value into Python's: by column, what to call with what.
    converters: dict[int, tuple[list[Callable[..., Any]], Any]]

    def rows(self, values: Sequence[Value]) -> list[list[Any]]:
        params = [
            constant if place is None else as_stored(values[place])
            for place, constant in self.places
        ]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            return [self.converted(row) for row in cursor.fetchall()]

    def converted(self, row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for column, (converters, expression) in self.converters.items():
            for convert in converters:
                values[column] = convert(values[column], expression, connection)
        return values

    def instance(self, values: list[Any]) -> M:
        stored = values[: len(self.fields)]
        instance = self.model.from_db(DEFAULT_DB_ALIAS, self.fields, stored)
        for name, column in self.annotations.items():
            setattr(instance, name, values[column])
        return instance


class Prepared(Generic[M]):
    """The rows of a queryset, which is a function of some values in its SQL.

    It selects its model's own columns, with annotations but no related rows; or,
    for `tuples`, is a values_list, fields before annotations. ``derived`` are further
    values that its SQL has, which follow from those it takes.
    """

    def __init__(
        self,
        queryset: Callable[..., QuerySet[M, Any]],
        derived: Callable[..., Sequence[Value]] | None = None,
    ) -> None:
        self._queryset = queryset
        self._derived = derived
        self._written: dict[tuple[str, int], Written[M]] = {}

    def __call__(self, *values: Value) -> list[M]:
        written = self._written_for(values)
        return [written.instance(row) for row in written.rows(self._all(values))]

    def tuples(self, *values: Value) -> list[list[Any]]:
        return self._written_for(values).rows(self._all(values))

    def _all(self, values: Sequence[Value]) -> list[Value]:
        return [*values, *(self._derived(*values) if self._derived else ())]

    def _written_for(self, values: Sequence[Value]) -> Written[M]:
        shape = connection.vendor, len(values)
        if shape not in self._written:
            self._written[shape] = self._write(values)
        return self._written[shape]

    def _write(self, values: Sequence[Value]) -> Written[M]:
        # Values that are all different, and no others', tell where each of them goes.
        numbered = enumerate(values, start=UNLIKELY)
        samples = [sample_like(value, number) for number, value in numbered]
        queryset = self._queryset(*samples)
        compiler: Any = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        stored = [as_stored(sample) for sample in self._all(samples)]
        if not all(value in params for value in stored):
            raise ValueError(f"Not all that it takes stands as it is in {sql}")
        columns = [column for column, _sql, _alias in compiler.select]
        annotations = compiler.annotation_col_map or {}
        own = columns[: len(columns) - len(annotations)]
        return Written(
            queryset.model,
            sql,
            [
                (stored.index(param), None) if param in stored else (None, param)
                for param in params
            ],
            [column.target.attname for column in own],
            annotations,
            compiler.get_converters(columns),
        )


def sample_like(value: Value, number: int) -> Value:
    if isinstance(value, UUID):
        return UUID(int=number)
    if isinstance(value, dt.datetime):
        return NEVER + dt.timedelta(seconds=number - UNLIKELY)
    return number if isinstance(value, int) else str(number)


def as_stored(value: Value) -> Any:
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, dt.date):
        return connection.ops.adapt_datefield_value(value)
    return value
