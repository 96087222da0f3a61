"""The text of a file."""

from __future__ import annotations

from pathlib import Path

from lessons.problems import InvalidFiles, Problem

MAX_BYTES = 1_000_000


def read_text(path: Path) -> str:
    """The file's text, with \\n at the end of lines and no byte order mark."""
    text = _decode(path, read_bytes(path)).replace("\r\n", "\n")
    if not text.strip():
        raise invalid(path, 1, "the file is empty", "write it, or take it away")
    return text


def read_bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        # Asked before reading, so that a huge file costs no memory.
        if size > MAX_BYTES:
            raise invalid(path, 1, f"the file is {size:,} bytes", "keep it under 1 MB")
        return path.read_bytes()
    except FileNotFoundError as error:
        todo = "write it, or rename the file that is meant"
        raise invalid(path, 1, "there is no such file", todo) from error
    except OSError as error:
        what = f"the file cannot be read ({error.strerror})"
        raise invalid(path, 1, what, "make it a readable file") from error


def _decode(path: Path, data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = "the file is not UTF-8"
        todo = "save it again with the encoding UTF-8"
        raise invalid(path, line, what, todo) from error
    if (nul := text.find("\0")) >= 0:
        line = text.count("\n", 0, nul) + 1
        raise invalid(path, line, "there is a NUL character", "take it out")
    return text


def invalid(path: Path, line: int, what: str, todo: str) -> InvalidFiles:
    return InvalidFiles([Problem(path, line, what, todo)])
