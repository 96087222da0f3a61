"""Accounts that a class makes for its children, who need no e-mail for them."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from tendril.accounts.models import User
from tendril.accounts.names import RESERVED

# What normalizing does not take apart.
PLAIN_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d"}
    | {"þ": "th", "\u0131": "i"}
)
WITHOUT_A_PLAIN_LETTER = "student"
LONGEST_NAME_PART = 20
# Two digits while there is room, and never so many that they look like a telephone's.
DIGITS = (2, 2, 3, 3, 4, 5, 6)
TRIES = 3


@dataclass(frozen=True, slots=True)
class Child:
    """Whom to make an account for."""

    name: str
    born_on: date | None = None


def make_accounts(children: Sequence[Child], *, classroom_id: int) -> list[User]:
    """Make an account for each, in this order, which nobody can sign in to yet."""
    for tries_left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                return User.objects.bulk_create(_accounts(children, classroom_id))
        except IntegrityError:
            # Somebody took one of the names meanwhile.
            if not tries_left:
                raise
    return []


def _accounts(children: Sequence[Child], classroom_id: int) -> list[User]:
    usernames = free_usernames([child.name for child in children])
    return [
        User(
            username=username,
            display_name=child.name,
            born_on=child.born_on,
            managed_by_id=classroom_id,
            password=make_password(None),
        )
        for username, child in zip(usernames, children, strict=True)
    ]


def free_usernames(names: Sequence[str]) -> list[str]:
    """A username for each, none of them anybody's.

    The number is drawn, not counted up: nobody is told by it how many others of
    this name there are.
    """
    found: dict[int, str] = {}
    for digits in DIGITS:
        tried = {
            place: f"{plain_name(name)}{_drawn(digits)}"
            for place, name in enumerate(names)
            if place not in found
        }
        taken = {*found.values(), *_taken(tried.values())}
        for place, username in tried.items():
            if username not in taken:
                found[place] = username
                taken.add(username)
    return [found[place] for place in range(len(names))]


def _taken(usernames: Iterable[str]) -> Iterable[str]:
    same = User.objects.filter(username__in=list(usernames))
    return same.values_list("username", flat=True)


def _drawn(digits: int) -> int:
    least = 10 ** (digits - 1)
    return least + secrets.randbelow(9 * least)


def plain_name(name: str) -> str:
    """The first word of a name in plain small letters: a full name is never used."""
    first = (name.split() or [""])[0].casefold().translate(PLAIN_LETTERS)
    plain = re.sub("[^a-z]", "", unicodedata.normalize("NFKD", first))
    if not plain or plain in RESERVED:
        return WITHOUT_A_PLAIN_LETTER
    return plain[:LONGEST_NAME_PART]


def describe(person: User, *, name: str, born_on: date | None) -> None:
    person.display_name = name
    person.born_on = born_on
    person.save(update_fields=["display_name", "born_on"])
