"""Tables whose rows the database itself neither changes nor deletes."""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from tutor.models import ConsentEvent

MODELS: list[type[Model]] = [ConsentEvent]
REFUSAL = "rows of this table are only added"
VERBS: tuple[str, ...] = ("UPDATE", "DELETE")

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{refusal}'); END
"""
_POSTGRES_REFUSAL = """
CREATE OR REPLACE FUNCTION refuse_to_change() RETURNS trigger LANGUAGE plpgsql
AS $$ BEGIN RAISE EXCEPTION '{refusal}'; END $$
"""
_POSTGRES = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change()
"""


def protect(using: str = "default", **_signal: Any) -> None:
    """Make the triggers again: SQLite drops them when a table is altered."""
    connection = connections[using]
    lift(connection)
    template = _SQLITE
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_REFUSAL.format(refusal=REFUSAL))
            template = _POSTGRES
        for table in _tables(connection):
            for verb in _verbs(connection):
                cursor.execute(template.format(table=table, verb=verb, refusal=REFUSAL))


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away; only for tests, which empty tables."""
    on = " ON {table}" if connection.vendor == "postgresql" else ""
    drop = "DROP TRIGGER IF EXISTS {table}_no_{verb}" + on
    with connection.cursor() as cursor:
        for table in _tables(connection):
            for verb in _verbs(connection):
                cursor.execute(drop.format(table=table, verb=verb))


def unprotected(using: str = "default") -> list[str]:
    """Tables of which the database would let rows be changed."""
    connection = connections[using]
    triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        triggers = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(triggers)
        there = {str(name).lower() for [name] in cursor.fetchall()}
    return [
        table
        for table in _tables(connection)
        if not all(f"{table}_no_{verb}".lower() in there for verb in _verbs(connection))
    ]


def _verbs(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    """SQLite has no word of its own for emptying a table."""
    return (*VERBS, "TRUNCATE") if connection.vendor == "postgresql" else VERBS


def _tables(connection: BaseDatabaseWrapper) -> list[str]:
    there = connection.introspection.table_names()
    return [m._meta.db_table for m in MODELS if m._meta.db_table in there]
