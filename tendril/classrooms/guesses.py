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
# By mistake one leaves a class and comes back, but not all the time.
CAME_BACK = {HOUR: 10}


def wait_after_guesses(person: User) -> int:
    """How many seconds are left in which this person's codes are not looked at."""
    return _wait(f"wrong-codes:{person.pk}", WRONG_CODES)


def note_wrong_code(person: User) -> None:
    _count(f"wrong-codes:{person.pk}", WRONG_CODES)


def wait_for_room(classroom: Classroom) -> int:
    """How many seconds are left in which a class takes nobody by its code."""
    return _wait(f"joined:{classroom.pk}", JOINED)


def wait_before_return(classroom: Classroom, person: User) -> int:
    return _wait(f"joined:{classroom.pk}:{person.pk}", CAME_BACK)


def note_joined(classroom: Classroom, person: User) -> None:
    """Count a person once an hour, or one of them could fill the class for all."""
    if _count(f"joined:{classroom.pk}:{person.pk}", CAME_BACK) == 1:
        _count(f"joined:{classroom.pk}", JOINED)


def _wait(what: str, limits: dict[int, int]) -> int:
    now = int(time.time())
    waits = [
        seconds - now % seconds
        for seconds, most in limits.items()
        if cache.get(_key(what, seconds, now), 0) >= most
    ]
    return max(waits, default=0)


def _count(what: str, limits: dict[int, int]) -> int:
    """How many there are now, in the longest time."""
    now, counts = int(time.time()), []
    for seconds in limits:
        key = _key(what, seconds, now)
        cache.add(key, 0, 2 * seconds)
        counts.append(cache.incr(key))
        # A cache in files forgets, when it counts, how long an entry was to live.
        cache.touch(key, 2 * seconds)
    return max(counts)


def _key(what: str, seconds: int, now: int) -> str:
    return f"{what}:{seconds}:{now // seconds}"
