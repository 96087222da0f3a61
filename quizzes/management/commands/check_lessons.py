from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from lessons.problems import InvalidFiles
from quizzes.bank import read_bank
from quizzes.guessing import LONGEST
from quizzes.inspection import BankFigures, Inspection, inspect
from quizzes.standard import STANDARD

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
Row = tuple[str, ...]
# Exit status, by severity; 0 when all of it is in order.
FALLS_SHORT = 1
UNREADABLE = 2


class Command(BaseCommand):
    help = (
        "Measure lessons and quizzes against the standard. Needs no database. "
        f"Ends with status {FALLS_SHORT} if anything falls short, and with "
        f"{UNREADABLE} if the files cannot be read."
    )
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
                raise SystemExit(UNREADABLE) from invalid
            end = "The lessons cannot be read as they are. Mend that and check again."
            raise CommandError(f"{invalid}\n{end}", returncode=UNREADABLE) from invalid
        if options["json"]:
            self._write_json(inspection.as_json())
        else:
            self._write_figures(inspection)
            self._write_shortfalls(inspection)
        if inspection.shortfalls:
            raise SystemExit(FALLS_SHORT)

    def _write_json(self, content: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(content, indent=2))

    def _write_figures(self, inspection: Inspection) -> None:
        rows = [
            (slug, *(_shown(figures[column]) for column in COLUMNS))
            for slug, figures in inspection.as_json()["lessons"].items()
        ]
        self._write_table(("lesson", *COLUMNS.values()), rows)
        self.stdout.write("")
        self._write_table(("over the bank", "", "bar"), _bank_rows(inspection.bank))

    def _write_table(self, titles: Row, rows: Iterable[Row]) -> None:
        if self.stdout.isatty():
            table = Table(titles[0], box=None, pad_edge=False)
            for title in titles[1:]:
                table.add_column(title, justify="right")
            for row in rows:
                table.add_row(*row)
            Console().print(table)
            return
        for name, *values in rows:
            pairs = zip(titles[1:], values, strict=True)
            figures = ", ".join(
                f"{title} {value}".strip() for title, value in pairs if value
            )
            self.stdout.write(f"{name}: {figures}")

    def _write_shortfalls(self, inspection: Inspection) -> None:
        for problem in inspection.shortfalls:
            self.stdout.write(str(problem))
        count = len(inspection.shortfalls)
        things = "1 thing falls" if count == 1 else f"{count} things fall"
        end = f"{things} short of the standard." if count else "All of it is in order."
        self.stdout.write(end)


def _bank_rows(bank: BankFigures) -> Iterator[Row]:
    yield "lessons", str(bank.lessons), ""
    yield "questions in end quizzes", str(bank.questions), ""
    yield from ((f"of the kind {kind}", str(n), "") for kind, n in bank.kinds.items())
    yield "right by chance", f"{bank.right_by_chance:.1%}", ""
    for name, share in bank.right_by.items():
        bar = bank.most_by_guessing
        if name == LONGEST:
            bar = min(bar, STANDARD.longest_in_bank)
        yield f"right by {name}", f"{share:.1%}", f"<= {bar:.1%}"
    evenness = f"p = {bank.evenness:.2f}"
    yield "places of the right ones even", evenness, f"p > {STANDARD.evenness}"


def _shown(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:g}"
