"""Opening the first page, where there is somebody to see it."""

from __future__ import annotations

import os
import sys
import webbrowser
from threading import Thread


def open_page(url: str) -> None:
    if can_be_seen():
        # Some browsers keep whoever opens them waiting until they are closed.
        Thread(target=webbrowser.open, args=[url], daemon=True).start()


def can_be_seen() -> bool:
    if os.environ.get("CI"):
        return False
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
