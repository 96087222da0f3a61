"""The Markdown of a lesson, cut into its sections and checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it.token import Token

from lessons.entries import is_slug
from lessons.inline import leaves
from lessons.markdown import MARKDOWN, refused
from lessons.problems import Problem

# Every lesson has at least one section of these kinds.
UNFOLDING = ("examples", "story", "steps", "comparison")
KINDS = ("idea", *UNFOLDING, "activity", "practice", "check", "takeaway", "plain")
MAX_TITLE = 120
# What stands on the lesson's page beside the lesson.
IDS_OF_THE_PAGE = {
    "device-offer",
    "lesson-end",
    "lesson-me",
    "lesson-read",
    "main",
    "map-title",
    "quiz-card",
    "related-title",
    "sources-title",
    "video-title",
    "status",
    "term-note",
    "terms-title",
    "tutor-panel",
    "who",
}


@dataclass
class Section:
    path: Path
    line: int
    title: str
    attributes: dict[str, str]
    heading: Token
    tokens: list[Token] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.attributes.get("id", "")

    @property
    def kind(self) -> str:
        return self.attributes.get("class", "")

    @property
    def line_before(self) -> int:
        """The line of the file before the first that the tokens count from."""
        return self.line - (self.heading.map or [0])[0]

    @property
    def question(self) -> str:
        """Key of the question that a check section asks."""
        return self.attributes.get("question", "")


def read_sections(
    path: Path, body: str, first_line: int
) -> tuple[list[Section], list[Problem]]:
    tokens = MARKDOWN.parse(body)
    problems = [
        Problem(path, first_line + line, what, todo)
        for line, what, todo in refused(tokens)
    ]
    sections: list[Section] = []
    start = 0
    while start < len(tokens):
        token = tokens[start]
        if token.type == "heading_open" and token.tag == "h2" and not token.level:
            sections.append(_open_section(path, tokens, start, first_line))
            start += 3
            continue
        if sections:
            sections[-1].tokens.append(token)
        start += 1
    problems += [p for section in sections for p in _check_heading(section)]
    problems += _check_ids(path, sections)
    return sections, problems


def _open_section(path: Path, tokens: list[Token], at: int, first_line: int) -> Section:
    opening, heading = tokens[at], tokens[at + 1]
    title = "".join(leaf.text for leaf in leaves(heading)).strip()
    line = first_line + (opening.map or [0])[0]
    attributes = {key: str(value) for key, value in opening.meta.items()}
    return Section(path, line, title, attributes, heading)


def _check_heading(section: Section) -> Iterator[Problem]:
    def problem(what: str, todo: str) -> Problem:
        return Problem(section.path, section.line, what, todo)

    name = f'the section "{section.title}"'
    if unknown := section.attributes.keys() - {"id", "class", "question"}:
        yield problem(f"{name} has an unknown {min(unknown)}=", "take it out")
    if not section.title:
        yield problem("a section has no title", "write one after ##")
    if len(section.title) > MAX_TITLE:
        yield problem(f"{name} has too long a title", f"keep it to {MAX_TITLE}")
    if not section.id or not section.kind:
        todo = f"end its heading as in {{#{section.id or 'big-idea'} .idea}}"
        yield problem(f"{name} has no {'kind' if section.id else 'id'}", todo)
    elif not is_slug(section.id, 50) or section.id[0].isdigit():
        what = f"{name} has the id {section.id}"
        yield problem(what, "begin with a letter; then small letters, digits, hyphens")
    if section.kind and section.kind not in KINDS:
        what = f"{name} is of the unknown kind .{section.kind}"
        yield problem(what, f"use one of {', '.join(KINDS)}")
    yield from (problem(what, todo) for what, todo in _check_body(section, name))


def _check_body(section: Section, name: str) -> Iterator[tuple[str, str]]:
    is_check = section.kind == "check"
    if is_check and not section.question:
        yield f"{name} asks no question", "add question=… to its heading"
    if section.question and not is_check:
        yield f"{name} has question= but is no check", "make it .check"
    if not section.tokens and not is_check:
        yield f"{name} has nothing in it", "write it, or take its heading away"
    if section.kind == "comparison" and not any(
        token.type == "table_open" for token in section.tokens
    ):
        yield f"{name} is a comparison without a table", "add one, or make it .plain"


def _check_ids(path: Path, sections: list[Section]) -> Iterator[Problem]:
    """Every id that the sections bring to the page stands there once."""
    seen = set(IDS_OF_THE_PAGE)
    for section in sections:
        ids = {section.id, f"{section.id}-title"} if section.id else set()
        ids |= {f"check-{section.question}"} if section.question else set()
        for repeated in sorted(ids & seen)[:1]:
            what = f"the id {repeated} is taken already"
            yield Problem(path, section.line, what, "give this one another")
        seen |= ids
    yield from _check_anchors(path, sections, seen)


def _check_anchors(
    path: Path, sections: list[Section], ids: set[str]
) -> Iterator[Problem]:
    for section in sections:
        for token in section.tokens:
            for child in token.children or []:
                href = str(child.attrs.get("href", ""))
                if href.startswith("#") and href[1:] not in ids:
                    what = f"the link {href} leads to no section of this lesson"
                    yield Problem(path, section.line, what, "mend the id behind #")
