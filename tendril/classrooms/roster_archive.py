"""The texts in what was sent: texts as they are, and archives of lists."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from tendril.classrooms.roster_text import UnreadableRoster, decode, workbook

ARCHIVE = b"PK\x03\x04"
# The export of a school of 5,000. A small archive may unpack to a whole memory full.
MOST_BYTES = 5 * 1024 * 1024
# Others take memory as their files say, before anything is unpacked.
PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
ONEROSTER = {"users.csv", "enrollments.csv", "classes.csv"}
WORKBOOK = {"[Content_Types].xml", "mimetype"}


def texts(contents: Sequence[bytes]) -> Iterator[str]:
    """One after the other; refused as soon as they are too much together."""
    room = MOST_BYTES
    for content in contents:
        for part in _parts(content, room):
            room -= len(part)
            if room < 0:
                raise UnreadableRoster(
                    _(
                        "These lists are larger than 5 MB when they are unpacked. Send "
                        "only the columns that are needed, or one class at a time."
                    )
                )
            yield decode(part)


def _parts(content: bytes, most: int) -> list[bytes]:
    """What is in it, and of what is more than so much no more than shows it."""
    if not content.startswith(ARCHIVE):
        return [content]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _unpacked(archive, most)
    # Encrypted, broken, or with names and places in it that cannot be.
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError):
        raise UnreadableRoster(
            _("This archive cannot be opened. Unpack it, and send the CSV files.")
        ) from None


def _unpacked(archive: zipfile.ZipFile, most: int) -> list[bytes]:
    if WORKBOOK.intersection(archive.namelist()):
        raise workbook()
    found = [part for part in archive.infolist() if _name(part) in ONEROSTER]
    if not found:
        raise UnreadableRoster(
            _(
                "There is no users.csv in this archive. Send the list itself as CSV, "
                "or an archive of a OneRoster export."
            )
        )
    parts = []
    for part in found[: len(ONEROSTER)]:
        if part.compress_type not in PACKED:
            raise zipfile.BadZipFile
        with archive.open(part) as file:
            parts.append(file.read(most + 1))
        most = max(most - len(parts[-1]), 0)
    return parts


def _name(part: zipfile.ZipInfo) -> str:
    return PurePosixPath(part.filename).name.lower()
