"""The environment of a command, before Django reads its settings from it."""

from __future__ import annotations

import secrets
import signal
import sys
from collections.abc import Mapping, MutableMapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from tendril.launch import addresses, broker
from tendril.launch.failure import CannotStart
from tendril.launch.folder import DataFolder
from tendril.launch.options import KINDS, Options, default_folder, read_options

# What says that whoever runs a command brings an environment of their own.
OWN = ("SECRET_KEY", "DEBUG", "DATABASE_URL")
NO = ("", "0", "false", "no", "off")
# What a site was started with and later commands on its folder need too.
KEPT = (
    "ALLOWED_HOSTS",
    "BEHIND_PROXY",
    "CSRF_TRUSTED_ORIGINS",
    "SITE_URL",
    "TENDRIL_DEMO",
)


def prepare_environment(
    arguments: Sequence[str], environ: MutableMapping[str, str]
) -> None:
    """Set what the command's site needs and nobody has set, or exit with a sentence.

    `demo` and `serve` get a site of their own. Other commands get the site that
    one of these keeps in the data folder, unless they bring an environment.
    """
    command = arguments[0] if arguments else ""
    try:
        if command in KINDS:
            _prepare_site(command, arguments[1:], environ)
        elif command == "check_lessons":
            # It reads files only; there is nothing for a key to protect.
            environ.setdefault("SECRET_KEY", secrets.token_urlsafe())
        # `check` is asked what a site would do with this very environment.
        elif command != "check":
            _use_kept_site(environ)
    except CannotStart as error:
        sys.exit(str(error))


def kept(environ: Mapping[str, str]) -> dict[str, str]:
    return {name: environ[name] for name in KEPT if name in environ}


def from_outside(folder: DataFolder, environ: Mapping[str, str]) -> list[str]:
    """What the site has from its environment and the folder cannot give again."""
    names = []
    if environ["SECRET_KEY"] != folder.secret_key():
        names.append("SECRET_KEY")
    if environ.get("DATABASE_URL"):
        names.append("DATABASE_URL")
    if environ.get("REDIS_URL") and broker.MODE not in environ:
        names.append("REDIS_URL")
    return names


def _prepare_site(
    kind: str, arguments: Sequence[str], environ: MutableMapping[str, str]
) -> None:
    if {"-h", "--help"}.intersection(arguments):
        environ.setdefault("SECRET_KEY", secrets.token_urlsafe())
        return
    # Nothing runs yet that would have to be stopped.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    options = read_options(kind, arguments)
    if kind == "serve" and environ.get("DEBUG", "").lower() not in NO:
        raise CannotStart("A site for people does not run with DEBUG. Unset it.")
    folder = data_folder(options.data, environ)
    folder.claim(kind)
    _use_folder(folder, environ)
    environ["TENDRIL_DEMO"] = "1" if kind == "demo" else "0"
    if kind == "demo":
        # Nobody is at a demo's school; the tutor needs somebody to tell of danger.
        environ.setdefault("TUTOR_CONTACT", "teacher")
    _set_addresses(options, environ)
    broker.choose(environ)


def data_folder(given: str | None, environ: MutableMapping[str, str]) -> DataFolder:
    path = given or environ.get("TENDRIL_DATA")
    return DataFolder(Path(path).expanduser().resolve() if path else default_folder())


def _use_folder(folder: DataFolder, environ: MutableMapping[str, str]) -> None:
    environ["TENDRIL_DATA"] = str(folder.path)
    if not environ.get("SECRET_KEY"):
        environ["SECRET_KEY"] = folder.secret_key()


def _set_addresses(options: Options, environ: MutableMapping[str, str]) -> None:
    if options.site_url:
        environ["SITE_URL"] = options.site_url
        environ["BEHIND_PROXY"] = "1"
    elif not environ.get("SITE_URL"):
        environ["SITE_URL"] = addresses.own_url(options)
    site = urlsplit(environ["SITE_URL"])
    hosts = dict.fromkeys([site.hostname or "", *addresses.own_hosts(options)])
    environ.setdefault("ALLOWED_HOSTS", ",".join(hosts))
    environ.setdefault("CSRF_TRUSTED_ORIGINS", f"{site.scheme}://{site.netloc}")


def _use_kept_site(environ: MutableMapping[str, str]) -> None:
    if any(environ.get(name) for name in OWN):
        return
    folder = data_folder(None, environ)
    record = folder.read()
    environment = record.get("environment")
    if not isinstance(environment, dict):
        return
    _require_what_came_from_outside(folder, record, environ)
    _use_folder(folder, environ)
    for name in KEPT:
        if name in environment:
            environ.setdefault(name, environment[name])
    # The running site's cache must notice what the command changes.
    if not environ.get("REDIS_URL") and broker.answers(folder.broker_url()):
        environ["REDIS_URL"] = folder.broker_url()


def _require_what_came_from_outside(
    folder: DataFolder, record: dict[str, object], environ: MutableMapping[str, str]
) -> None:
    outside = record.get("from_outside")
    names = outside if isinstance(outside, list) else []
    missing = [name for name in names if not environ.get(name)]
    if missing:
        raise CannotStart(
            f"The site in {folder.path} was started with {' and '.join(missing)}. "
            "Set the same for this command."
        )
