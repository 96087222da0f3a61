"""Says in plain words what of the site is set up, and what to do about the rest."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from tutor import diagnosis

MARKS = {
    diagnosis.Level.GOOD: "✓",
    diagnosis.Level.WARNING: "!",
    diagnosis.Level.ERROR: "✗",
}


class Command(BaseCommand):
    help = "Check what the tutor needs. Ends with status 1 if it cannot answer."

    def handle(self, *args: Any, **options: Any) -> None:
        found = diagnosis.findings()
        self.stdout.write("The tutor")
        for finding in found:
            self.stdout.write(f"  {MARKS[finding.level]} {finding.what}")
            if finding.todo:
                self.stdout.write(f"      {finding.todo}")
        if any(finding.level is diagnosis.Level.ERROR for finding in found):
            sys.exit(1)
