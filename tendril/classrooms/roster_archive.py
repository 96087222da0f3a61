"""The texts in what was sent: a text, or an archive of lists."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from tendril.classrooms.roster_text import UnreadableRoster, decode, workbook

ARCHIVE = b"PK\x03\x04"
# A small archive may unpack to a whole memory full.
MOST_UNPACKED = 5 * 1024 * 1024
ONEROSTER = {"users.csv", "enrollments.csv", "classes.csv"}
WORKBOOK = {"[Content_Types].xml", "mimetype"}


def texts(content: bytes) -> list[str]:
    if not content.startswith(ARCHIVE):
        return [decode(content)]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [decode(part, most=MOST_UNPACKED) for part in _lists(archive)]
    # Encrypted, packed in an unknown way, or broken.
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError):
        raise UnreadableRoster(
            _("This archive cannot be opened. Unpack it, and send the CSV files.")
        ) from None


def _lists(archive: zipfile.ZipFile) -> Iterator[bytes]:
    if WORKBOOK.intersection(archive.namelist()):
        raise workbook()
    found = [name for name in archive.namelist() if _name(name) in ONEROSTER]
    if not found:
        raise UnreadableRoster(
            _(
                "There is no users.csv in this archive. Send the list itself as CSV, "
                "or an archive of a OneRoster export."
            )
        )
    for name in found[: len(ONEROSTER)]:
        with archive.open(name) as part:
            yield part.read(MOST_UNPACKED + 1)


def _name(path: str) -> str:
    return PurePosixPath(path).name.lower()
