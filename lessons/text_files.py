"""Text and YAML as they stand in a file, with the line of everything in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from lessons.problems import InvalidFiles, Problem

MAX_BYTES = 1_000_000
MAX_DEPTH = 20

# Written in C, ten times as fast; absent where PyYAML was built without libyaml.
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Location = tuple[int | str, ...]


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


def read_text(path: Path) -> str:
    """The file's text, with \\n at the end of lines and no byte order mark."""
    text = _decode(path, read_bytes(path)).replace("\r\n", "\n")
    if not text.strip():
        raise _invalid(path, 1, "the file is empty", "write it, or take it away")
    return text


def read_bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        # Asked before reading, so that a huge file costs no memory.
        if size > MAX_BYTES:
            raise _invalid(path, 1, f"the file is {size:,} bytes", "keep it under 1 MB")
        return path.read_bytes()
    except OSError as error:
        what = f"the file cannot be read ({error.strerror})"
        raise _invalid(path, 1, what, "make it a readable file") from error


def _decode(path: Path, data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = "the file is not UTF-8"
        todo = "save it again with the encoding UTF-8"
        raise _invalid(path, line, what, todo) from error
    if (nul := text.find("\0")) >= 0:
        line = text.count("\n", 0, nul) + 1
        raise _invalid(path, line, "there is a NUL character", "take it out")
    return text


def read_yaml(path: Path, text: str, first_line: int = 1) -> YamlText:
    """Read YAML without its surprises: no tags, references or repeated keys."""
    try:
        _refuse_tricks(path, text, first_line)
        node = LOADER(text).get_single_node()
    except yaml.YAMLError as error:
        what, line = _said_by_yaml(error, text)
        todo = "mend the line, and quote text that holds a colon or special sign"
        raise _invalid(path, first_line + line, what, todo) from error
    if node is None:
        raise _invalid(path, first_line, "there is nothing here", "fill it in")
    if problems := list(_odd_keys(path, node, first_line)):
        raise InvalidFiles(problems)
    return YamlText(path, value_of(node), node, first_line)


def _said_by_yaml(error: yaml.YAMLError, text: str) -> tuple[str, int]:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        said, line = error.problem or "", error.problem_mark.line
    else:
        position = getattr(error, "position", 0)
        said, line = "a character is not allowed", text.count("\n", 0, position)
    return f"this is not valid YAML ({said})", line


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
            raise _invalid(path, line, "lists are nested too deeply", "flatten them")
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            what = "YAML's &names, *references and !tags are not read here"
            raise _invalid(path, line, what, "write the value out, or quote it")


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
                yield Problem(path, line, what, "keep one of the two")
            else:
                seen.add(key.value)
            yield from _odd_keys(path, inner, first_line)


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


def _invalid(path: Path, line: int, what: str, todo: str) -> InvalidFiles:
    return InvalidFiles([Problem(path, line, what, todo)])
