"""What is wrong in a lesson file, where, and what its writer should do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    path: Path
    line: int
    what: str
    todo: str

    def __str__(self) -> str:
        return f"{shown(self.path)}:{self.line}: {self.what}: {self.todo}"

    def as_json(self) -> dict[str, str | int]:
        return asdict(self) | {"path": str(self.path)}


class InvalidFiles(Exception):
    """Lesson files cannot be read; ``problems`` names every reason."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


def shown(path: Path) -> Path:
    """The path as someone in the current folder would type it."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
