"""Queries whose SQL is written once, for what every single answer asks.

Django takes far longer to write such a SELECT, and to find out how to read what
comes back, than a database takes to run it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
Value = int | UUID
UNLIKELY = 1_000_000_007


@dataclass(frozen=True)
class Written(Generic[M]):
    model: type[M]
    sql: str
    # Which of the values stands at each place of the SQL.
    places: list[int]
    fields: list[str]
    annotations: dict[str, int]
    # What turns a stored value into Python's: by column, what to call with what.
    converters: dict[int, tuple[list[Callable[..., Any]], Any]]

    def read(self, row: Sequence[Any]) -> M:
        values = list(row)
        for column, (converters, expression) in self.converters.items():
            for convert in converters:
                values[column] = convert(values[column], expression, connection)
        stored = values[: len(self.fields)]
        instance = self.model.from_db(DEFAULT_DB_ALIAS, self.fields, stored)
        for name, column in self.annotations.items():
            setattr(instance, name, values[column])
        return instance


class Prepared(Generic[M]):
    """The rows of a queryset, which is a function of all the values in its SQL.

    It selects its model's own columns, with annotations but no related rows.
    """

    def __init__(self, queryset: Callable[..., QuerySet[M]]) -> None:
        self._queryset = queryset
        self._written: dict[tuple[str, int], Written[M]] = {}

    def __call__(self, *values: Value) -> list[M]:
        shape = connection.vendor, len(values)
        if shape not in self._written:
            self._written[shape] = self._write(values)
        written = self._written[shape]
        with connection.cursor() as cursor:
            params = [as_stored(values[place]) for place in written.places]
            cursor.execute(written.sql, params)
            return [written.read(row) for row in cursor.fetchall()]

    def _write(self, values: Sequence[Value]) -> Written[M]:
        # Values that are all different, and no others', tell where each of them goes.
        samples = [
            UUID(int=number) if isinstance(value, UUID) else number
            for number, value in enumerate(values, start=UNLIKELY)
        ]
        queryset = self._queryset(*samples)
        compiler: Any = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        stored = [as_stored(sample) for sample in samples]
        columns = [column for column, _sql, _alias in compiler.select]
        annotations = compiler.annotation_col_map or {}
        own = columns[: len(columns) - len(annotations)]
        return Written(
            queryset.model,
            sql,
            [stored.index(param) for param in params],
            [column.target.attname for column in own],
            annotations,
            compiler.get_converters(columns),
        )


def as_stored(value: Value) -> Value | str:
    if isinstance(value, UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value
