"""Collecting the static files, only when one has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

# What decides how a file is named and compressed, besides the file itself.
PACKAGES = ("django", "whitenoise", "brotli")


def collect(stamp: Path) -> bool:
    """Collect and compress; whether there was anything to do."""
    state = _state()
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if manifest.exists() and stamp.exists() and stamp.read_text() == state:
        return False
    _remove_copies()
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state)
    return True


def _remove_copies() -> None:
    """Have every file copied: an upgraded one may be older than its last copy.

    The hashed ones stay, for pages that are open in a browser.
    """
    for name, _ in _sources():
        (Path(settings.STATIC_ROOT) / name).unlink(missing_ok=True)


def _state() -> str:
    lines = [f"{name} {version(name)}" for name in PACKAGES]
    for name, path in _sources():
        status = path.stat()
        lines.append(f"{name} {status.st_size} {status.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _sources() -> Iterator[tuple[str, Path]]:
    for finder in get_finders():
        for name, storage in finder.list(None):
            yield name, Path(storage.path(name))
