"""The pictures that stand beside a lesson."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import imagesize
from markdown_it.token import Token

from lessons.entries import is_slug
from lessons.problems import InvalidFiles, Problem
from lessons.sections import Section
from lessons.text_files import read_bytes

TYPES = {
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}


@dataclass(frozen=True)
class PictureFile:
    name: str
    content: bytes
    width: int
    height: int

    @property
    def content_type(self) -> str:
        return TYPES[Path(self.name).suffix]

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()[:12]


def read_pictures(
    sections: Iterable[Section],
) -> tuple[dict[str, PictureFile], list[Problem]]:
    """The pictures that the sections show, by name, and what is wrong with them."""
    found: dict[str, PictureFile] = {}
    problems: list[Problem] = []
    for section in sections:
        for line, image in _images(section):
            name = str(image.attrs.get("src", ""))
            try:
                found[name] = _read_picture(section.path.parent / name, name)
            except InvalidFiles as invalid:
                problems += [
                    Problem(section.path, line, problem.what, problem.todo)
                    for problem in invalid.problems
                ]
    return found, problems


def _images(section: Section) -> Iterator[tuple[int, Token]]:
    line = 0
    for token in section.tokens:
        line = token.map[0] if token.map else line
        for child in token.children or []:
            if child.type == "image":
                yield section.line_before + line, child


def _read_picture(path: Path, name: str) -> PictureFile:
    stem, suffix = Path(name).stem, Path(name).suffix
    if not is_slug(stem) or suffix not in TYPES or name != stem + suffix:
        what = f"the picture {name} has a name that cannot be shown"
        todo = f"use small letters, digits and hyphens, then {', '.join(TYPES)}"
        raise InvalidFiles([Problem(path, 1, what, todo)])
    if not path.is_file():
        what = f"the picture {name} is not beside the lesson"
        raise InvalidFiles([Problem(path, 1, what, "put it there")])
    content = read_bytes(path)
    width, height = imagesize.get(io.BytesIO(content))
    if width <= 0 or height <= 0:
        what = f"the picture {name} does not tell its width and height"
        todo = "save it again; an SVG says width= and height= in its first tag"
        raise InvalidFiles([Problem(path, 1, what, todo)])
    return PictureFile(name, content, round(width), round(height))
