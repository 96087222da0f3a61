"""Slips that children of a class sign in with: a username and a new passphrase."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from tendril.accounts.models import User
from tendril.accounts.recovery import all_words

# Each word is one of 1024, so four of them are 40 bits, and tries are slowed.
WORDS_IN_A_PASSPHRASE = 4
# Hashing takes a quarter of a second each, and somebody waits for it.
MOST_AT_ONCE = 40


@dataclass(frozen=True, slots=True)
class Slip:
    """What a child signs in with, to be handed over on paper."""

    person: User
    passphrase: str


@dataclass(frozen=True, slots=True)
class PrintRun:
    """Slips made at one time; with the site's key, their passphrases follow from it."""

    seed: str
    given_at: datetime


def give_passphrases(people: Sequence[User]) -> PrintRun:
    """Give each a new passphrase, which ends their sessions; it is nowhere kept.

    Whoever holds the run can have the slips shown, and the site does not keep it.
    Recovery words are void as well: whoever knew them is shut out, too. The hashes
    are made side by side, before anything is written.
    """
    run = PrintRun(secrets.token_urlsafe(32), timezone.now())
    slips = [_slip(run, person) for person in people]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        hashes = list(pool.map(make_password, [slip.passphrase for slip in slips]))
    for person, hashed in zip(people, hashes, strict=True):
        person.password = hashed
        person.recovery_hash = ""
        person.passphrase_given_at = run.given_at
    fields = ["password", "recovery_hash", "passphrase_given_at"]
    User.objects.bulk_update(people, fields)
    return run


def slips_of(run: PrintRun, accounts: QuerySet[User]) -> list[Slip]:
    """Its slips, without those of children who were given another one since."""
    theirs = accounts.filter(passphrase_given_at=run.given_at)
    return [_slip(run, person) for person in theirs]


def _slip(run: PrintRun, person: User) -> Slip:
    salt = "tendril.accounts.sign_in_slips"
    drawn = salted_hmac(salt, f"{run.seed}:{person.pk}", algorithm="sha256")
    number = int.from_bytes(drawn.digest(), "big")
    words = all_words()
    places = (len(words) ** n for n in range(WORDS_IN_A_PASSPHRASE))
    return Slip(person, " ".join(words[number // at % len(words)] for at in places))


@dataclass(frozen=True, slots=True)
class Choice:
    """An account on the page where passphrases are given."""

    person: User
    is_picked: bool

    @property
    def has_passphrase(self) -> bool:
        return self.person.has_usable_password()


def choices(people: Iterable[User], picked: Sequence[str]) -> list[Choice]:
    """As they were picked; at first those who cannot sign in yet are."""
    listed = list(people)
    wanted = set(picked)
    if not wanted:
        waiting = [str(p.pk) for p in listed if not p.has_usable_password()]
        wanted = set(waiting[:MOST_AT_ONCE])
    return [Choice(person, str(person.pk) in wanted) for person in listed]
