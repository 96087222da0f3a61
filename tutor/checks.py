"""What must hold before the site runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error

from tutor import append_only


def ledger_is_append_only(
    databases: Sequence[str] | None = None, **_options: Any
) -> list[CheckMessage]:
    """Asked with `check --database default`, and by `doctor`."""
    open_tables = [
        table for using in databases or () for table in append_only.unprotected(using)
    ]
    return [
        Error(
            f"Rows of {table} could be changed or deleted.",
            hint="Run `manage.py migrate`, which makes its triggers again.",
            id="tutor.E001",
        )
        for table in open_tables
    ]
