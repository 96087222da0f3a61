"""The processes of a site: started together, watched, stopped in order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tendril.launch import processes
from tendril.launch.failure import CannotStart
from tendril.launch.signals import StopSignals

ROOT = Path(__file__).resolve().parents[2]
TIED = Path(__file__).with_name("tied.py")
IS_POSIX = os.name == "posix"
# No new work comes in once it is gone; the broker goes when all have let go of it.
STOP_ORDER = ("web server", "timer", "worker", "tutor worker", "broker")
LONGEST_LOG = 5 * 1024 * 1024


@dataclass(frozen=True)
class Child:
    name: str
    process: subprocess.Popen[bytes]
    log: Path
    patience: float

    def place_in_stop(self) -> int:
        return STOP_ORDER.index(self.name)

    @property
    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def ask_to_stop(self) -> None:
        with suppress(ProcessLookupError):
            if sys.platform == "win32":
                self.process.send_signal(signal.CTRL_BREAK_EVENT)
            else:
                self.process.terminate()

    def kill(self) -> None:
        """End it together with whatever it started and left behind."""
        if sys.platform == "win32":
            everything = ["taskkill", "/T", "/F", "/PID", str(self.process.pid)]
            subprocess.run(everything, check=False, capture_output=True)  # noqa: S603
        else:
            # PermissionError is macOS's word for a group that has just ended.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Children:
    def __init__(self, logs: Path, lock: int, signals: StopSignals) -> None:
        self._logs = logs
        self._lock = lock
        self._signals = signals
        self._running: list[Child] = []

    @contextmanager
    def all_stopped_at_the_end(self) -> Iterator[None]:
        try:
            yield
        finally:
            self._signals.hold_for_good()
            for child in sorted(self._running, key=Child.place_in_stop):
                self._stop(child)

    def start(self, name: str, command: Sequence[str], patience: float = 5) -> Child:
        """Start a program of the site; patience is how long its stop may take."""
        log = self._log(name)
        with self._signals.held(), log.open("ab") as output:
            process = subprocess.Popen(  # noqa: S603
                self._tied(command),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=ROOT,
                env=processes.environment(),
                # Away from the terminal, whose Ctrl-C would reach all at once.
                start_new_session=IS_POSIX,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
                pass_fds=(self._lock,) if IS_POSIX else (),
            )
            child = Child(name, process, log, patience)
            self._running.append(child)
        return child

    def require_all(self) -> None:
        """Raise if one has ended, or if somebody has asked to stop."""
        self._signals.heed()
        for child in self._running:
            if child.has_ended:
                raise CannotStart(
                    f"The {child.name} has stopped by itself, so the site was stopped "
                    f"too. What happened is at the end of {child.log}"
                )

    def _stop(self, child: Child) -> None:
        child.ask_to_stop()
        deadline = time.monotonic() + child.patience
        while not child.has_ended and time.monotonic() < deadline:
            if self._signals.is_urgent:
                break
            time.sleep(0.02)
        child.kill()

    def _tied(self, command: Sequence[str]) -> list[str]:
        if not IS_POSIX:
            return list(command)
        start = [sys.executable, "-I", "-S", str(TIED), str(os.getpid())]
        return [*start, *command]

    def _log(self, name: str) -> Path:
        self._logs.mkdir(mode=0o700, exist_ok=True)
        log = self._logs / f"{name.replace(' ', '-')}.log"
        if log.exists() and log.stat().st_size > LONGEST_LOG:
            log.replace(log.with_suffix(".old.log"))
        log.touch(mode=0o600)
        # One from before may be open to others.
        log.chmod(0o600)
        return log
