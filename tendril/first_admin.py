"""The first administrator of a school's own site."""

from __future__ import annotations

import getpass
import os
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tendril.accounts.models import User
from tendril.launch.failure import CannotStart

NAME, PASSWORD = "TENDRIL_ADMIN_USERNAME", "TENDRIL_ADMIN_PASSWORD"


def require_one() -> bool:
    """Make an administrator if there is none; whether one was made now."""
    if User.objects.filter(is_superuser=True).exists():
        return False
    if os.environ.get(NAME) and os.environ.get(PASSWORD):
        username, password = os.environ[NAME], os.environ[PASSWORD]
        _refuse(name_problems(username), NAME)
        _refuse(password_problems(username, password), PASSWORD)
    elif sys.stdin.isatty():
        username = _ask_name()
        password = _ask_password(username)
    else:
        raise CannotStart(
            f"The site has no administrator yet. Set {NAME} and {PASSWORD}, "
            "or start it in a terminal to be asked for them."
        )
    User.objects.create_superuser(username, password=password)
    return True


def name_problems(username: str) -> list[str]:
    try:
        User(username=username).clean_fields(exclude=["password"])
        User(username=username).validate_unique()
    except ValidationError as error:
        return error.messages
    return []


def password_problems(username: str, password: str) -> list[str]:
    try:
        validate_password(password, User(username=username))
    except ValidationError as error:
        return error.messages
    return []


def _refuse(problems: list[str], variable: str) -> None:
    if problems:
        raise CannotStart(f"{variable} will not do: {' '.join(problems)}")


def _ask_name() -> str:
    _say("The site has no administrator yet. Who should it be?")
    while True:
        username = input("Username: ").strip()
        problems = name_problems(username)
        if not problems:
            return username
        _say(" ".join(problems))


def _ask_password(username: str) -> str:
    while True:
        password = getpass.getpass("Password: ")
        problems = password_problems(username, password)
        if not problems and getpass.getpass("Password again: ") != password:
            problems = ["The two passwords differ."]
        if not problems:
            return password
        _say(" ".join(problems))


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
