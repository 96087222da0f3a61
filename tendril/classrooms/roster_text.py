"""Files of lists as they come: which letters the bytes are, and where cells end."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# A school of 5,000, with ten classes for each, and some who teach them.
MOST_LINES = 60_000
MOST_COLUMNS = 100
SEPARATORS = ",;\t|"
BYTE_ORDER_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# What a spreadsheet would run, and the apostrophe that keeps it from doing so.
FORMULA = re.compile(r"'*[=+\-@\t\r]")


class UnreadableRoster(ValidationError):
    """The list as a whole cannot be read; says what to do."""


@dataclass(frozen=True, slots=True)
class Record:
    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """A list with a head."""

    columns: list[str]
    records: Sequence[Record]

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """The line of each row, and its cells by column; the first of a name counts."""
        for record in self.records:
            pairs = list(zip(self.columns, record.cells, strict=False))
            yield record.line, dict(reversed(pairs))


def workbook() -> UnreadableRoster:
    return UnreadableRoster(
        _(
            "This is a workbook, not a list. In Excel or LibreOffice choose Save as, "
            "then CSV, and send that file."
        )
    )


def decode(content: bytes) -> str:
    """The text of a file, by its byte order mark, as UTF-8, or as Windows wrote it."""
    if content.startswith(OLD_WORKBOOK):
        raise workbook()
    text = _decoded(content)
    if text is None or _is_binary(text):
        raise UnreadableRoster(
            _("This is not a text file. Save the list as CSV, and send that file.")
        )
    return text


def _decoded(content: bytes) -> str | None:
    marked = [name for mark, name in BYTE_ORDER_MARKS.items() if _has(content, mark)]
    for encoding in marked or ["utf-8", "cp1252"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _has(content: bytes, mark: bytes) -> bool:
    return content.startswith(mark)


def _is_binary(text: str) -> bool:
    return "\0" in text or len(CONTROLS.findall(text)) * 10 > len(text)


def records(text: str, *, most: int = MOST_LINES) -> list[Record]:
    """The lines that hold anything, cut into cells; refused once there are more."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first, _end, rest = text.partition("\n")
    told = re.fullmatch(r"sep=([,;\t|]) *", first, re.IGNORECASE)
    begins, text = (2, rest) if told else (1, text)
    separator = told[1] if told else _separator(text)
    found, line = [], begins
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    try:
        for count, cells in enumerate(reader, 1):
            if count > most:
                raise _too_long()
            if len(cells) > MOST_COLUMNS:
                raise _too_wide(line)
            bare = [unguard(cell.strip()) for cell in cells]
            if any(bare):
                found.append(Record(line, bare))
            line = begins + reader.line_num
    except csv.Error as error:
        raise _torn(line, error) from None
    return found


def _too_long() -> UnreadableRoster:
    return UnreadableRoster(
        _(
            "These lists have more than %(most)d lines together. Send the students of "
            "one class at a time."
        )
        % {"most": MOST_LINES}
    )


def _too_wide(line: int) -> UnreadableRoster:
    return UnreadableRoster(
        _(
            "Line %(line)d has more than %(most)d columns. Send only the columns that "
            "are needed."
        )
        % {"line": line, "most": MOST_COLUMNS}
    )


def _torn(line: int, error: csv.Error) -> UnreadableRoster:
    # The module has no other way to tell them apart.
    if "field limit" in str(error):
        return UnreadableRoster(
            _(
                "Line %(line)d cannot be read: a cell that begins there is far too "
                "long, or a quotation mark is never closed. Mend it, and send the "
                "list again."
            )
            % {"line": line}
        )
    return UnreadableRoster(
        _(
            "Line %(line)d cannot be read: a quotation mark is open or stands too "
            "much there. Mend that line, and send the list again."
        )
        % {"line": line}
    )


def _separator(text: str) -> str:
    """What cuts the first line into most cells; quoted cells are left out."""
    first = text.lstrip().partition("\n")[0]
    bare = re.sub(r'"[^"]*"', "", first)
    return max(SEPARATORS, key=bare.count)


def guard(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would take for a formula.

    A cell that has apostrophes there already gets one more, so that taking one off
    always gives back what there was.
    """
    return f"'{cell}" if FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    is_guarded = cell.startswith("'") and FORMULA.match(cell)
    return cell[1:] if is_guarded else cell


def plain(heading: str) -> str:
    """A heading's letters and digits alone, without accents or capitals."""
    folded = unicodedata.normalize("NFKD", heading.casefold())
    return "".join(sign for sign in folded if sign.isalnum())
