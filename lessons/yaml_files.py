"""YAML as it stands in a file, with the line of everything in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from lessons.problems import InvalidFiles, Problem
from lessons.text_files import invalid

MAX_DEPTH = 20

# Written in C, ten times as fast; absent where PyYAML was built without libyaml.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Location = tuple[int | str, ...]

MEND_YAML = "mend the line, and put text that holds a colon or a special sign in quotes"
# What helps, by words of the YAML reader; the first that fits.
YAML_ADVICE = [
    ("expected ',' or", "put each text in quotes, closed by the quote that opened it"),
    ("end of stream", "close the quote that stands open"),
    (
        "mapping values",
        "put a text that holds a colon in quotes, and indent like the line above",
    ),
    ("expected", "indent with spaces, as far as the other lines of this entry"),
]


@dataclass(frozen=True)
class YamlText:
    """Values read from YAML, and the line on which each of them stands."""

    path: Path
    value: Any
    node: Node
    first_line: int = 1

    def line(self, *location: int | str) -> int:
        """The line of the innermost part of ``location`` that is there."""
        node, line = self.node, self.node.start_mark.line
        for part in location:
            key, inner = _step(node, part)
            if inner is not None:
                node, line = inner, (key or inner).start_mark.line
        return line + self.first_line

    def source(self, *location: int | str) -> str:
        """What was written there, where YAML may have read something else."""
        node: Node | None = self.node
        for part in location:
            node = (_step(node, part)[1] if node else None) or node
        return node.value if isinstance(node, ScalarNode) else ""


def _step(node: Node, part: int | str) -> tuple[Node | None, Node | None]:
    if isinstance(node, MappingNode):
        return next((kv for kv in node.value if kv[0].value == part), (None, None))
    if isinstance(node, SequenceNode) and isinstance(part, int):
        return None, node.value[part]
    return None, None


def read_yaml(path: Path, text: str, first_line: int = 1) -> YamlText:
    """Read YAML without its surprises: no tags, references or repeated keys."""
    try:
        _refuse_tricks(path, text, first_line)
        node = LOADER(text).get_single_node()
    except yaml.YAMLError as error:
        said, line = _said_by_yaml(error, text)
        todo = _yaml_advice(said, text.split("\n")[line])
        what = f"this is not valid YAML ({said})"
        raise invalid(path, first_line + line, what, todo) from error
    if node is None:
        raise invalid(path, first_line, "there is nothing here", "fill it in")
    lines = text.split("\n")
    problems = [
        *_odd_keys(path, node, first_line),
        *_lost(path, node, lines, first_line),
    ]
    if problems:
        raise InvalidFiles(problems)
    return YamlText(path, value_of(node), node, first_line)


def _yaml_advice(said: str, line: str) -> str:
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "put spaces in place of the tab"
    return next((todo for part, todo in YAML_ADVICE if part in said), MEND_YAML)


def _said_by_yaml(error: yaml.YAMLError, text: str) -> tuple[str, int]:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        said, line = error.problem or "", error.problem_mark.line
    else:
        position = getattr(error, "position", 0)
        said, line = "a character is not allowed", text.count("\n", 0, position)
    return said, line


def _refuse_tricks(path: Path, text: str, first_line: int) -> None:
    # The events come one by one; composing nested nodes is recursive and, in
    # C, ends the process when they are nested deeply enough.
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        mark = event.start_mark
        line = first_line + (mark.line if mark else 0)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise invalid(path, line, "lists are nested too deeply", "flatten them")
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            what = "YAML's &names, *references and !tags are not read here"
            raise invalid(path, line, what, "write the value out, or quote it")


def _odd_keys(path: Path, node: Node, first_line: int) -> Iterator[Problem]:
    if isinstance(node, SequenceNode):
        for inner in node.value:
            yield from _odd_keys(path, inner, first_line)
    if isinstance(node, MappingNode):
        seen = set()
        for key, inner in node.value:
            line = first_line + key.start_mark.line
            if not isinstance(key, ScalarNode) or not key.tag.endswith(":str"):
                yield Problem(path, line, "a key is not text", "write a word as key")
            elif key.value in seen:
                what = f"`{key.value}` is given twice"
                todo = "keep one, or begin another entry with `- ` before it"
                yield Problem(path, line, what, todo)
            else:
                seen.add(key.value)
            yield from _odd_keys(path, inner, first_line)


def _lost(
    path: Path, node: Node, lines: list[str], first_line: int
) -> Iterator[Problem]:
    """Text behind a #, of which YAML says nothing; a comment has a space there."""
    if isinstance(node, ScalarNode):
        end = node.end_mark
        rest = lines[end.line][end.column :] if end.line < len(lines) else ""
        if not node.style and (match := re.match(r"\s*(#\w\S*)", rest)):
            what = f"nothing behind {match[1]} is read"
            todo = "put the whole text in quotes"
            yield Problem(path, first_line + end.line, what, todo)
        return
    if isinstance(node, MappingNode):
        inner = [part for pair in node.value for part in pair]
    else:
        inner = node.value
    for part in inner:
        yield from _lost(path, part, lines, first_line)


def value_of(node: Node) -> Any:
    """The plain value of a node; dates and times of day stay the text they are."""
    if isinstance(node, MappingNode):
        return {key.value: value_of(inner) for key, inner in node.value}
    if isinstance(node, SequenceNode):
        return [value_of(inner) for inner in node.value]
    read = READ_SCALAR.get(node.tag.rpartition(":")[2], str)
    try:
        return read(node.value)
    except ValueError:
        return node.value


READ_SCALAR: dict[str, Callable[[str], Any]] = {
    "bool": lambda text: text.lower() in ("true", "yes", "on"),
    "float": float,
    "int": int,
    "null": lambda text: None,
}
