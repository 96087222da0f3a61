"""Addresses on paper that a camera can read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import segno
from django.conf import settings

# Modules of white on each side, as the standard asks for.
QUIET_ZONE = 4


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code as an SVG path, so that a template can draw it without raw HTML."""

    address: str
    size: int
    path: str

    @property
    def parts(self) -> list[str]:
        """The address in pieces, between which a line of paper may break."""
        return re.findall(r"[^/]*/+|[^/]+", self.address)


def qr_code(path: str) -> QrCode:
    """The code of a page of this site; from SITE_URL, never from the Host header."""
    address = f"{settings.SITE_URL}{path}"
    rows = segno.make_qr(address).matrix
    size = len(rows) + 2 * QUIET_ZONE
    strips = (
        f"M{start + QUIET_ZONE} {row + QUIET_ZONE}h{length}v1h-{length}z"
        for row, modules in enumerate(rows)
        for start, length in _dark_runs(modules)
    )
    return QrCode(address, size, "".join(strips))


def _dark_runs(modules: Iterable[int]) -> list[tuple[int, int]]:
    """Where dark modules follow each other in a row, and how many of them."""
    row = "".join("#" if dark else " " for dark in modules)
    return [(run.start(), len(run[0])) for run in re.finditer("#+", row)]
