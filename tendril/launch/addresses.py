"""Where the site can be reached, and whether the port is free."""

from __future__ import annotations

import errno
import socket

from tendril.launch.failure import CannotStart
from tendril.launch.options import Options

# Reserved for examples: choosing a way there sends nothing.
FAR_AWAY = ("192.0.2.1", 9)


def own_url(options: Options) -> str:
    host = network_address() if options.lan else "localhost"
    return f"http://{host}:{options.port}"


def own_hosts(options: Options) -> list[str]:
    hosts = ["localhost", "127.0.0.1"]
    if options.lan:
        name = socket.gethostname().lower()
        hosts += [network_address(), name, f"{name}.local"]
    return hosts


def bind_address(options: Options) -> str:
    return "0.0.0.0" if options.lan else "127.0.0.1"  # noqa: S104


def network_address() -> str:
    """This machine's address in its network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        try:
            way.connect(FAR_AWAY)
        except OSError as error:
            raise CannotStart(
                "This machine is in no network. Connect it, or leave out --lan."
            ) from error
        return str(way.getsockname()[0])


def require_free_port(options: Options) -> None:
    try:
        _try(socket.AF_INET, bind_address(options), options.port)
    except OSError as error:
        raise CannotStart(_why_not(options.port, error)) from error
    try:
        # A browser may take `localhost` for this one, and find another program.
        _try(socket.AF_INET6, "::1", options.port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotStart(_why_not(options.port, error)) from error


def _try(family: socket.AddressFamily, address: str, port: int) -> None:
    with socket.socket(family) as place:
        # As servers do, or the port of a site just stopped would look taken.
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        place.bind((address, port))


def _why_not(port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken by another program. "
            f"Stop that one, or choose another port, such as --port {port + 1}."
        )
    return f"Port {port} cannot be used ({error.strerror}). Choose one over 1024."


def free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])
