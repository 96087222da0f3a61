from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tendril.accounts import erased_again, erased_list


class Command(BaseCommand):
    help = (
        "Erase again whoever was erased before and is back, as after putting back an "
        "older copy of the database, and seal again who waits to be. Reads the list "
        "that erasing writes in the data folder, or any copy of it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path",
            nargs="?",
            default=str(erased_list.path()),
            help="a file, or - for the standard input (default: %(default)s)",
        )

    def handle(self, *args: Any, path: str, **options: Any) -> None:
        listed = erased_list.read(sys.stdin if path == "-" else self._lines(Path(path)))
        back = erased_again.repeat(listed)
        self.stdout.write(f"{len(listed)} on the list: {back}.")

    def _lines(self, path: Path) -> list[str]:
        try:
            return path.read_text("ascii", errors="replace").splitlines()
        except OSError as error:
            raise CommandError(
                f"There is no list at {path}. Name the file that holds it, or give it "
                "to the standard input and write -."
            ) from error
