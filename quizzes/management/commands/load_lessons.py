from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from rich.progress import Progress

from lessons.library import lesson_paths
from lessons.loading import LoadedLessons
from lessons.problems import InvalidFiles, shown
from quizzes.bank import Bank, read_bank
from quizzes.loading import load_bank


class Command(BaseCommand):
    help = "Load lessons and quizzes from a folder: all of them, or none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path",
            nargs="?",
            type=Path,
            default=settings.LESSONS_DIR,
            help="a folder with tracks.yaml, terms.yaml and lessons/ "
            "(default: %(default)s)",
        )

    def handle(self, *args: Any, path: Path, verbosity: int, **options: Any) -> None:
        path = path.resolve()
        self._require_migrations()
        try:
            bank = self._read(path, verbosity)
        except InvalidFiles as invalid:
            found = len(invalid.problems)
            things = "1 thing is" if found == 1 else f"{found} things are"
            end = f"Nothing was loaded: {things} wrong. Mend that and load again."
            raise CommandError(f"{invalid}\n{end}") from invalid
        loaded = load_bank(bank)
        if verbosity:
            self._report(bank, loaded)

    def _require_migrations(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError(
                "The database is not up to date. "
                "Run `uv run manage.py migrate`, then load again."
            )

    def _read(self, path: Path, verbosity: int) -> Bank:
        count = len(lesson_paths(path))
        if verbosity and self.stdout.isatty():
            with Progress(transient=True) as progress:
                bar = progress.add_task("Reading lessons", total=count)
                return read_bank(path, lambda: progress.advance(bar))
        if verbosity:
            self.stdout.write(f"Reading {count} lessons from {shown(path)}")
        return read_bank(path)

    def _report(self, bank: Bank, loaded: LoadedLessons) -> None:
        for word in ("new", "changed", "returned", "retired"):
            for slug in getattr(loaded, word):
                self.stdout.write(f"  {word}: {slug}")
        questions = sum(len(quiz.entry.questions) for quiz in bank.quizzes.values())
        self.stdout.write(
            f"{len(loaded.rows)} lessons with {questions} questions: "
            f"{len(loaded.new)} new, {len(loaded.changed)} changed, "
            f"{len(loaded.returned)} returned, {loaded.unchanged} unchanged, "
            f"{len(loaded.retired)} retired."
        )
