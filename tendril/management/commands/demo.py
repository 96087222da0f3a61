from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand
from django.core.management.base import CommandParser

from tendril.launch import site
from tendril.launch.options import Options, add_options


class Command(BaseCommand):
    help = "Start a site to look around in: its own data, four people, one command."
    # They import every page, which costs a quarter of a second at each start.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        add_options(parser, "demo")

    def handle(self, *args: Any, **options: Any) -> None:
        site.run("demo", Options.of(options))
