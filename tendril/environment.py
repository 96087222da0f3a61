"""Values of the environment; one that makes no sense stops the start."""

from __future__ import annotations

import logging
from contextlib import suppress
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

DATABASES = ("sqlite", "postgres", "postgresql")
SMTP = ("smtp", "smtps", "smtp+tls", "smtp+ssl")
Counts = dict[str, int]
MAIL_FOR_TRYING = ("consolemail", "memorymail")


class Environment(environ.Env):
    """Says which variable is wrong and what to write; never repeats its value.

    The value may hold a password, and what is said here ends up in logs.
    """

    def switch(self, name: str, default: bool = False) -> bool:
        value = self.str(name, default="").strip().lower()
        if not value:
            return default
        if value in self.BOOLEAN_TRUE_STRINGS:
            return True
        if value in ("0", "false", "no", "off"):
            return False
        raise ImproperlyConfigured(f"{name} must be true or false.")

    def count(self, name: str, default: int) -> int:
        value = self.str(name, default=str(default))
        if value.isdecimal() and int(value) > 0:
            return int(value)
        raise ImproperlyConfigured(f"{name} must be a whole number from 1.")

    def address(self, name: str, default: str, example: str, *schemes: str) -> str:
        value = str(self.str(name, default=default)).rstrip("/")
        parts = urlsplit(value)
        if value != default and (parts.scheme not in schemes or not parts.netloc):
            raise ImproperlyConfigured(f"{name} must look like {example}")
        return value

    def database(self, name: str, default: str) -> dict[str, Any]:
        if urlsplit(self.str(name, default=default)).scheme in DATABASES:
            return self.db_url(name, default=default)
        raise ImproperlyConfigured(
            f"{name} must look like postgresql://user:password@host/name, "
            "or sqlite:////path/to/file"
        )

    def mail(self, name: str) -> dict[str, Any]:
        """Nothing where it is not set: then no mail is sent."""
        value = self.str(name, default="")
        if not value:
            return {}
        with suppress(ValueError):  # a port that is no number
            parts = urlsplit(value)
            is_server = parts.scheme in SMTP and parts.hostname and parts.port != 0
            if is_server or parts.scheme in MAIL_FOR_TRYING:
                return self.email_url(name)
        raise ImproperlyConfigured(
            f"{name} must look like smtp+tls://user:password@host:587"
        )

    def sender(self, name: str, default: str) -> str:
        value = str(self.str(name, default=default)).strip()
        if "@" in parseaddr(value)[1] and value.isprintable():
            return value
        raise ImproperlyConfigured(
            f"{name} must look like Our school <lessons@school.example>"
        )

    def word(self, name: str, default: str = "") -> str:
        return str(self.str(name, default="")).strip() or default

    def model(self, name: str, default: str = "") -> str:
        """The address of a server that speaks the protocol of OpenAI; maybe none."""
        example = "https://api.provider.example/v1"
        return self.address(name, default, example, "https", "http")

    def daily(self, what: str, student: int, classroom: int, site: int) -> Counts:
        """How much the tutor may spend in a day."""
        return {
            "student": self.count(f"TUTOR_{what}_OF_A_STUDENT", student),
            "class": self.count(f"TUTOR_{what}_OF_A_CLASS", classroom),
            "site": self.count(f"TUTOR_{what}_OF_THE_SITE", site),
        }

    def log_level(self, name: str) -> str:
        value = self.str(name, default="INFO").upper()
        if value in logging.getLevelNamesMapping():
            return value
        raise ImproperlyConfigured(f"{name} must be DEBUG, INFO, WARNING or ERROR.")
