"""The command line of `demo` and `serve`, read once before Django and once by it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

KINDS = ("demo", "serve")


@dataclass(frozen=True)
class Options:
    data: str | None
    port: int
    lan: bool
    site_url: str | None
    no_open: bool
    reset: bool
    yes: bool

    @classmethod
    def of(cls, given: dict[str, object]) -> Options:
        return cls(**{name: given[name] for name in cls.__dataclass_fields__})  # type: ignore[arg-type]


def add_options(parser: argparse.ArgumentParser, kind: str) -> None:
    parser.add_argument(
        "--data",
        metavar="DIR",
        help="folder for everything the site keeps (default: .data beside manage.py)",
    )
    parser.add_argument("--port", type=port_number, default=8000, help="default: 8000")
    parser.add_argument(
        "--lan",
        action="store_true",
        help="let other devices of this network in; without it, only this machine",
    )
    parser.add_argument(
        "--no-open", action="store_true", help="do not open the browser"
    )
    if kind == "demo":
        add_demo_options(parser)
    else:
        add_serve_options(parser)


def add_demo_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--reset",
        action="store_true",
        help="delete everything the demo keeps and start afresh; asks first",
    )
    parser.add_argument("--yes", action="store_true", help="reset without being asked")
    parser.set_defaults(site_url=None)


def add_serve_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--site-url",
        type=site_address,
        metavar="URL",
        help="the address people use when the site stands behind a proxy, "
        "such as https://lessons.example.org",
    )
    parser.set_defaults(reset=False, yes=False)


def read_options(kind: str, arguments: Sequence[str]) -> Options:
    """Read them as Django will, leaving its own options (--verbosity, …) to it."""
    parser = argparse.ArgumentParser(prog=f"manage.py {kind}", add_help=False)
    add_options(parser, kind)
    given, _ = parser.parse_known_args(arguments)
    return Options.of(vars(given))


def port_number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port from 1 to 65535")
    return int(text)


def site_address(text: str) -> str:
    address = urlsplit(text)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise argparse.ArgumentTypeError(
            f"{text!r} must look like https://lessons.example.org"
        )
    return text.rstrip("/")


def default_folder() -> Path:
    return Path(__file__).resolve().parents[2] / ".data"
