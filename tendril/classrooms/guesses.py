"""How often somebody may be wrong about a code, and how fast a class may fill.

Counted for a person and for a class, never for an address: a school shares one.
"""

from __future__ import annotations

import time

from django.core.cache import cache

from tendril.accounts.models import User
from tendril.classrooms.models import Classroom

MINUTE, HOUR = 60, 60 * 60
# How many at the most in so many seconds.
WRONG_CODES = {MINUTE: 10, HOUR: 60}
# Far above a whole year's students: what is faster is a code gone round the world.
JOINED = {HOUR: 400}


def has_guessed_too_often(person: User) -> bool:
    return _is_over(f"wrong-codes:{person.pk}", WRONG_CODES)


def note_wrong_code(person: User) -> None:
    _count(f"wrong-codes:{person.pk}", WRONG_CODES)


def fills_too_fast(classroom: Classroom) -> bool:
    return _is_over(f"joined:{classroom.pk}", JOINED)


def note_joined(classroom: Classroom) -> None:
    _count(f"joined:{classroom.pk}", JOINED)


def _is_over(what: str, limits: dict[int, int]) -> bool:
    return any(
        cache.get(_key(what, seconds), 0) >= most for seconds, most in limits.items()
    )


def _count(what: str, limits: dict[int, int]) -> None:
    for seconds in limits:
        key = _key(what, seconds)
        cache.add(key, 0, 2 * seconds)
        cache.incr(key)
        # A cache in files forgets, when it counts, how long an entry was to live.
        cache.touch(key, 2 * seconds)


def _key(what: str, seconds: int) -> str:
    return f"{what}:{seconds}:{int(time.time()) // seconds}"
