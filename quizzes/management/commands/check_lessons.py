from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from lessons.problems import InvalidFiles
from quizzes.bank import read_bank
from quizzes.inspection import Inspection, inspect

# Words, reading level, words in a sentence on average and at most, questions
# and kinds in the end quiz, share of `single`, right by the longest option.
COLUMNS = {
    "words": "words",
    "grade": "grade",
    "mean_sentence": "mean",
    "longest_sentence": "longest",
    "questions": "quiz",
    "kinds": "kinds",
    "single_share": "single",
    "right_by_longest": "guess",
}


class Command(BaseCommand):
    help = "Measure lessons and quizzes against the standard. Needs no database."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path",
            nargs="?",
            type=Path,
            default=settings.LESSONS_DIR,
            help="a folder with tracks.yaml, terms.yaml and lessons/ "
            "(default: %(default)s)",
        )
        parser.add_argument(
            "--json", action="store_true", help="all figures, for programs"
        )

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        try:
            inspection = inspect(read_bank(path))
        except InvalidFiles as invalid:
            if options["json"]:
                problems = [problem.as_json() for problem in invalid.problems]
                self._write_json({"problems": problems})
                raise SystemExit(1) from invalid
            end = "The lessons cannot be read as they are. Mend that and check again."
            raise CommandError(f"{invalid}\n{end}") from invalid
        if options["json"]:
            self._write_json(inspection.as_json())
        else:
            self._write_figures(inspection)
            self._write_shortfalls(inspection)
        if inspection.shortfalls:
            raise SystemExit(1)

    def _write_json(self, content: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(content, indent=2))

    def _write_figures(self, inspection: Inspection) -> None:
        rows = [
            (slug, *(_shown(figures[column]) for column in COLUMNS))
            for slug, figures in inspection.as_json()["lessons"].items()
        ]
        if self.stdout.isatty():
            table = Table("lesson", box=None, pad_edge=False)
            for title in COLUMNS.values():
                table.add_column(title, justify="right")
            for row in rows:
                table.add_row(*row)
            Console().print(table)
        else:
            for slug, *values in rows:
                pairs = zip(COLUMNS.values(), values, strict=True)
                figures = ", ".join(f"{title} {value}" for title, value in pairs)
                self.stdout.write(f"{slug}: {figures}")

    def _write_shortfalls(self, inspection: Inspection) -> None:
        bank = inspection.bank
        self.stdout.write(
            f"{bank.lessons} lessons, {bank.questions} questions, {bank.single} of "
            f"them single: longest option right {bank.right_by_longest:.0%}, "
            f"best guess ({bank.best_guess}) {bank.right_by_best_guess:.0%}, "
            f"chance {bank.right_by_chance:.0%}, places even p = {bank.evenness:.2f}"
        )
        for problem in inspection.shortfalls:
            self.stdout.write(str(problem))
        count = len(inspection.shortfalls)
        things = "1 thing falls" if count == 1 else f"{count} things fall"
        end = f"{things} short of the standard." if count else "All of it is in order."
        self.stdout.write(end)


def _shown(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:g}"
