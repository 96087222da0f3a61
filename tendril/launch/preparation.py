"""What a site needs before it can answer: tables, static files, lessons, people."""

from __future__ import annotations

import sys
from io import StringIO

from django import db
from django.conf import settings
from django.core.management import CommandError, call_command

from tendril import demo_people, first_admin, health
from tendril.accounts import erased_again, erased_list
from tendril.launch import static_files
from tendril.launch.failure import CannotStart
from tendril.launch.folder import DataFolder


def prepare_database() -> None:
    is_server = settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3"
    if is_server and not health.database_answers():
        raise CannotStart(
            "The server named by DATABASE_URL does not answer. Start it, or unset "
            "DATABASE_URL to have the database in the data folder."
        )
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except db.Error as error:
        raise CannotStart(f"The database cannot be used: {error}") from error


def erase_again() -> str:
    """Whom it concerned, if an older copy of the database was put back."""
    back = erased_again.repeat(erased_list.here())
    return f"an older database was put back: {back}" if back else ""


def collect_static_files(folder: DataFolder) -> None:
    try:
        static_files.collect(folder.path / "static-stamp")
    except OSError as error:
        raise CannotStart(
            f"The static files cannot be written to {settings.STATIC_ROOT} "
            f"({error.strerror})."
        ) from error


class _Unsaid(StringIO):
    """Keeps what a command says to itself, and lets it draw its progress bar."""

    def isatty(self) -> bool:
        return sys.stdout.isatty()


def load_lessons() -> None:
    try:
        call_command("load_lessons", stdout=_Unsaid())
    except CommandError as error:
        raise CannotStart(str(error)) from error


def prepare_people(kind: str) -> None:
    if kind == "demo":
        _prepare_demo_people()
    elif demo_people.are_here():
        raise CannotStart(
            "This database holds a demo, whose passwords everybody knows. "
            "Choose another one with DATABASE_URL."
        )
    else:
        first_admin.require_one()


def _prepare_demo_people() -> None:
    try:
        demo_people.make_once()
    except demo_people.PeopleOfItsOwn as error:
        raise CannotStart(
            "The database already has people of its own, and the demo would give "
            "them an administrator with a known password. Choose an empty one."
        ) from error


def close_connections() -> None:
    """The site's processes have their own; this one only watches from now on."""
    db.connections.close_all()
