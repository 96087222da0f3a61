"""Six words that let somebody without e-mail back into their account."""

from __future__ import annotations

import secrets
from functools import cache
from pathlib import Path

from django.contrib.auth.hashers import check_password, make_password

from tendril.accounts.models import User

# Each word is one of 1024, so six of them are 60 bits.
HOW_MANY = 6


class WordsRefused(Exception):
    """No account goes by this name and these words."""


@cache
def all_words() -> tuple[str, ...]:
    return tuple(Path(__file__).with_name("words.txt").read_text("ascii").split())


def give_words(person: User) -> list[str]:
    """Make new words, which void those given before. Only their hash is kept."""
    words = [secrets.choice(all_words()) for _ in range(HOW_MANY)]
    person.recovery_hash = make_password(normalize(" ".join(words)))
    person.save(update_fields=["recovery_hash"])
    return words


def normalize(text: str) -> str:
    """Letters alone count: not case, commas, or where the spaces fell."""
    return "".join(letter for letter in text.casefold() if letter.isalpha())


def misspelt(text: str) -> list[str]:
    """Words that are none of ours, if what was typed looks like six words.

    The list is public, so this tells nothing about anybody's words.
    """
    typed = "".join(letter if letter.isalpha() else " " for letter in text.casefold())
    words = typed.split()
    if len(words) != HOW_MANY:
        return []
    return [word for word in words if word not in all_words()]


def recover(*, username: str, words: str, password: str) -> User:
    """Set a new password, which ends every session, and void the words.

    An unknown name takes as long to refuse as wrong words do: with nothing to
    compare, check_password hashes something all the same.
    """
    name = User.normalize_username(username)
    person = User.objects.filter(username=name, is_active=True).first()
    known_hash = person.recovery_hash if person else ""
    if not check_password(normalize(words), known_hash) or person is None:
        raise WordsRefused
    person.set_password(password)
    # Words work once, also when they are sent twice at the same moment.
    changed = User.objects.filter(pk=person.pk, recovery_hash=known_hash).update(
        password=person.password, recovery_hash=""
    )
    if not changed:
        raise WordsRefused
    person.recovery_hash = ""
    return person
