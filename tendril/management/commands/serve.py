from __future__ import annotations

from typing import Any

from django.core.management import BaseCommand
from django.core.management.base import CommandParser

from tendril.launch import site
from tendril.launch.options import Options, add_options


class Command(BaseCommand):
    help = "Start the site of a school, library or family, with its data in one folder."
    # They import every page, which costs a quarter of a second at each start.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        add_options(parser, "serve")

    def handle(self, *args: Any, **options: Any) -> None:
        site.run("serve", Options.of(options))
