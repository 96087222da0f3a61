"""Ctrl-C and the other ways to ask a site to stop."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

STOPPING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
# A launcher such as `uv run` may pass on the signal that the terminal sent too.
ECHO = 0.5


class StopSignals:
    """Turns a wish to stop into KeyboardInterrupt, where that can be borne.

    While held, wishes are only noted, so that no process is lost between its
    start and the note of it; and a second one, while all is being stopped, is
    a wish not to wait.
    """

    def __init__(self) -> None:
        self.is_urgent = False
        self._first_at: float | None = None
        self._is_held = False

    @contextmanager
    def heard(self) -> Iterator[None]:
        before = {number: signal.getsignal(number) for number in _numbers()}
        for number in before:
            signal.signal(number, self._hear)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def held(self) -> Iterator[None]:
        was_asked, self._is_held = self._first_at, True
        try:
            yield
        finally:
            self._is_held = False
        if self._first_at != was_asked:
            raise KeyboardInterrupt

    def heed(self) -> None:
        """Raise what was asked for once more.

        Python drops an exception that a handler raises inside a destructor.
        """
        if self._first_at is not None:
            raise KeyboardInterrupt

    def hold_for_good(self) -> None:
        self._is_held = True

    def _hear(self, number: int, frame: FrameType | None) -> None:
        now = time.monotonic()
        if self._first_at is None:
            self._first_at = now
        elif now - self._first_at > ECHO:
            self.is_urgent = True
        if not self._is_held:
            raise KeyboardInterrupt


def _numbers() -> list[signal.Signals]:
    numbers = [getattr(signal, name) for name in STOPPING if hasattr(signal, name)]
    if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) == signal.SIG_IGN:
        # Started with nohup, to outlive its terminal.
        numbers.remove(signal.SIGHUP)
    return numbers
