from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from tutor import llm
from tutor.evaluation import MODES, PERCENTILES, Mode, Report, evaluate, lessons_in

Row = tuple[str, str, str]


class Command(BaseCommand):
    help = (
        "Count how often the tutor answers, shows the answer and keeps to the lesson, "
        "over a file of cases. Needs no database."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="one case a line, as JSON")
        parser.add_argument(
            "--mode",
            choices=list(MODES),
            default="extract",
            help="who answers: the embedded tutor, or the model that is set up",
        )
        parser.add_argument(
            "--json", action="store_true", help="all counts, for programs"
        )

    def handle(self, *args: Any, file: Path, mode: str, **options: Any) -> None:
        lessons = cache(lambda: lessons_in(settings.LESSONS_DIR))
        try:
            with file.open("rb") as lines:
                report = evaluate(lines, _mode(mode), lessons)
        except OSError as wrong:
            raise CommandError(f"{file} cannot be read: {wrong.strerror}.") from wrong
        for number, why in report.malformed.items():
            self.stderr.write(f"Line {number} is left out: {why}.")
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), indent=2))
        else:
            self._write_table(list(_rows(report)))

    def _write_table(self, rows: list[Row]) -> None:
        if self.stdout.isatty():
            table = Table("", box=None, pad_edge=False)
            table.add_column("count", justify="right")
            table.add_column("share", justify="right")
            for row in rows:
                table.add_row(*row)
            Console().print(table)
            return
        for name, count, share in rows:
            figures = f"{count}, {share}" if share else count
            self.stdout.write(f"{name}: {figures}")


def _mode(name: str) -> Mode:
    if name == "model" and not llm.is_set_up():
        raise CommandError(
            "No model is set up, so there is none to evaluate. "
            f"Set {', '.join(llm.SETTINGS)}, or use --mode extract."
        )
    return MODES[name]


def _rows(report: Report) -> Iterator[Row]:
    on, off = report.on_lesson, report.off_lesson
    yield _row("on-lesson answered", on["answered"], on["n"])
    yield _row("evidence holds the answer", on["evidence"], on["answered"])
    yield _row("off-lesson answered", off["answered"], off["n"])
    claims = {"supported": report.supported, "unsupported": report.unsupported}
    for name, counts in claims.items():
        yield _row(f"{name} claims accepted", counts["accepted"], counts["n"])
    for tag, counts in sorted(report.by_tag.items()):
        yield _row(f"claims tagged {tag} accepted", counts["accepted"], counts["n"])
    for name, share in PERCENTILES.items():
        yield f"latency {name}", f"{report.percentile(share):.1f} ms", ""
    yield "malformed lines", str(len(report.malformed)), ""


def _row(name: str, count: int, of: int) -> Row:
    return name, f"{count} of {of}", f"{count / of:.1%}" if of else "-"
