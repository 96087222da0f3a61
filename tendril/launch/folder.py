"""The data folder: what made it, its secret key, and that only one site uses it."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tendril.launch.failure import CannotStart

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# How long the processes of a killed site may take to end.
PATIENCE = 3.0
# All that a site puts into its folder, except what says whose folder it is.
CONTENT = (
    "beat-schedule*",
    "broker",
    "broker-url",
    "cache",
    "logs",
    "static",
    "static-stamp",
    "tendril.sqlite3*",
)
OTHER_OWNER = {
    "demo": "holds a demo, whose passwords everybody knows",
    "serve": "holds the site of a school, which a demo must not touch",
}


@dataclass(frozen=True)
class DataFolder:
    path: Path

    def claim(self, kind: str) -> None:
        """Make the folder, or refuse one that something else made."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._claim(kind)
        except OSError as error:
            raise CannotStart(
                f"The data folder {self.path} cannot be used ({error.strerror}). "
                "Choose another with --data."
            ) from error

    def _claim(self, kind: str) -> None:
        maker = self.read().get("kind")
        if maker is None:
            if any(self.path.iterdir()):
                raise CannotStart(
                    f"The folder {self.path} has other files in it. "
                    "Choose an empty or a new one with --data."
                )
            self._write(self._record, json.dumps({"kind": kind}))
        elif maker != kind:
            raise CannotStart(
                f"The data folder {self.path} {OTHER_OWNER.get(str(maker), 'is taken')}. "
                "Choose another with --data."
            )
        elif not os.access(self.path, os.W_OK):
            raise PermissionError(13, "Permission denied")

    @contextmanager
    def lock(self) -> Iterator[int]:
        """Keep other sites out for as long as this process or a child lives.

        Children are given the open file, so that the folder of a site that was
        killed is free only once nothing of it can write any more.
        """
        with (self.path / "lock").open("ab") as file:
            deadline = time.monotonic() + PATIENCE
            while not _locked(file.fileno()):
                if time.monotonic() > deadline:
                    raise CannotStart(
                        f"The data folder {self.path} is in use by a running site. "
                        "Stop that one first, or choose another with --data."
                    )
                time.sleep(0.1)
            yield file.fileno()

    def secret_key(self) -> str:
        """The site's own random key, made at the first call."""
        path = self.path / "secret-key"
        with suppress(FileExistsError):
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            os.write(file, secrets.token_urlsafe(50).encode())
            os.close(file)
        return path.read_text()

    def keep(self, environment: Mapping[str, str], from_outside: list[str]) -> None:
        """Remember how the site was started, for commands given without all that."""
        record = self.read() | {
            "environment": dict(environment),
            "from_outside": from_outside,
        }
        self._write(self._record, json.dumps(record, indent=2))

    def read(self) -> dict[str, object]:
        try:
            record = json.loads(self._record.read_text())
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise CannotStart(
                f"{self._record} cannot be read ({error.strerror}). "
                "Run this as the user who started the site."
            ) from error
        except ValueError:
            record = None
        if not isinstance(record, dict):
            raise CannotStart(
                f"{self._record} is damaged. Put it back from a copy, or delete it "
                "together with the folder to start afresh."
            )
        return record

    def keep_broker_url(self, url: str) -> None:
        self._write(self.path / "broker-url", url)

    def broker_url(self) -> str:
        with suppress(FileNotFoundError):
            return (self.path / "broker-url").read_text()
        return ""

    def forget_broker_url(self) -> None:
        (self.path / "broker-url").unlink(missing_ok=True)

    def content(self) -> list[Path]:
        return [path for name in CONTENT for path in self.path.glob(name)]

    def empty(self) -> None:
        """Delete what the site put here and nothing else."""
        for path in self.content():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()

    @property
    def _record(self) -> Path:
        return self.path / "site.json"

    def _write(self, path: Path, text: str) -> None:
        """Write whole or not at all, readable by nobody else."""
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(text)
        draft.replace(path)


def _locked(file: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
