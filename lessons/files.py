"""The file of one lesson, and the lists of tracks and terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

import frontmatter
from django.conf import settings
from pydantic import Field

from lessons.entries import Entry, Month, Prose, Slug, WebAddress, check
from lessons.layout import Layout
from lessons.passages import PassageText
from lessons.pictures import PictureFile, read_pictures
from lessons.problems import InvalidFiles, Problem
from lessons.sections import KINDS, UNFOLDING, Section, read_sections
from lessons.text_files import read_text
from lessons.yaml_files import YamlText, read_yaml

ShortName = Annotated[Slug, Field(max_length=50)]


class VideoEntry(Entry):
    """A film elsewhere, and its words for those who do not watch it."""

    url: WebAddress
    title: Annotated[Prose, Field(max_length=120)]
    transcript: Annotated[Prose, Field(max_length=20_000)]


class Head(Entry):
    """What stands above a lesson's text."""

    title: Annotated[Prose, Field(max_length=120)]
    summary: Annotated[Prose, Field(max_length=300)]
    tier: Literal["explorers", "builders", "creators"]
    track: Slug
    order: Annotated[int, Field(ge=0, le=9999)]
    reviewed: Month
    language: str = "en"
    terms: list[Slug] = []
    related: list[Slug] = []
    same_as: list[Slug] = []
    prerequisites: list[Slug] = []
    sources: list[Prose] = []
    video: VideoEntry | None = None


class TrackEntry(Entry):
    id: ShortName
    title: Annotated[Prose, Field(max_length=80)]
    summary: Annotated[Prose, Field(max_length=300)]


Definition = Annotated[Prose, Field(max_length=400)]


class TermEntry(Entry):
    id: ShortName
    term: Annotated[Prose, Field(max_length=60)]
    explorers: Definition | None = None
    builders: Definition | None = None
    creators: Definition | None = None

    def definition(self, tier: str) -> str | None:
        return {
            "explorers": self.explorers,
            "builders": self.builders,
            "creators": self.creators,
        }[tier]


@dataclass
class LessonFile:
    path: Path
    text: str
    head: Head
    head_text: YamlText
    sections: list[Section]
    # By the names that the text calls them.
    pictures: dict[str, PictureFile]
    # Filled once the terms are known.
    layouts: list[Layout]
    unused_terms: list[str] = field(default_factory=list)

    @property
    def slug(self) -> str:
        return self.path.stem

    @property
    def passages(self) -> list[PassageText]:
        return [passage for laid in self.layouts for passage in laid.passages]

    @property
    def checks(self) -> dict[str, Section]:
        """The check sections, by the key of the question that they ask."""
        return {s.question: s for s in self.sections if s.question}

    def line(self, *location: int | str) -> int:
        return self.head_text.line(*location)


def read_lesson(path: Path) -> LessonFile:
    """The lesson in a file; all that is wrong in the file itself is raised."""
    text = read_text(path)
    head_text, body, body_line = _split(path, text)
    problems: list[Problem] = []
    head, head_yaml = None, None
    try:
        head_yaml = read_yaml(path, head_text)
        head = check(head_yaml, Head)
    except InvalidFiles as invalid:
        problems += invalid.problems
    sections, found = read_sections(path, body, body_line)
    pictures, missing = read_pictures(sections)
    problems += [*found, *missing]
    if head and head_yaml:
        problems += _check_language(path, head, head_yaml)
        problems += _missing_kinds(path, head.tier, sections)
        if not problems:
            return LessonFile(path, text, head, head_yaml, sections, pictures, [])
    raise InvalidFiles(problems)


def _split(path: Path, text: str) -> tuple[str, str, int]:
    """The head and the body of a lesson, and the body's first line."""
    handler = frontmatter.YAMLHandler()
    try:
        if not handler.detect(text):
            raise ValueError
        head, body = handler.split(text)
    except ValueError:
        what = "the lesson has no head"
        todo = "begin it with ---, then title and the other keys, then --- again"
        raise InvalidFiles([Problem(path, 1, what, todo)]) from None
    return head, body, 1 + text.count("\n") - body.count("\n")


def _check_language(path: Path, head: Head, text: YamlText) -> Iterator[Problem]:
    languages = [code for code, _ in settings.LANGUAGES]
    if head.language not in languages:
        what = f"the site has no language {head.language!r}"
        line = text.line("language")
        yield Problem(path, line, what, f"write one of {', '.join(languages)}")


def _missing_kinds(path: Path, tier: str, sections: list[Section]) -> Iterator[Problem]:
    kinds = {section.kind for section in sections}
    if not kinds.issubset(KINDS):
        return
    needed = [("idea",), UNFOLDING, ("activity",), ("takeaway",)]
    if tier != "creators":
        needed.append(("practice",))
    for one_of in needed:
        if not kinds.intersection(one_of):
            what = f"the lesson has no section of the kind {' or '.join(one_of)}"
            todo = f"add one, with a heading that ends in {{#… .{one_of[0]}}}"
            yield Problem(path, 1, what, todo)
