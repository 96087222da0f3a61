"""Browsers in which a person has signed in before: others cannot shut them out there.

Wrong passwords are counted by name, or somebody's could be guessed one after the
other; and whoever knows a name can send wrong ones without end. In a browser that
knows the person, tries are counted apart from everybody else's.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

COOKIE = "known"
LASTS = 60 * 60 * 24 * 180
# A tablet goes through the hands of more than one class.
MOST_PEOPLE = 60


def remember(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Mark the browser, in a way that tells nobody who has used it."""
    browser, marks = _read(request)
    browser = browser or secrets.token_hex(8)
    mark = _mark(browser, username)
    others = [other for other in marks if other != mark]
    response.set_cookie(
        COOKIE,
        ".".join([browser, mark, *others[: MOST_PEOPLE - 1]]),
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def browser_of(request: HttpRequest, username: str) -> str:
    """The browser, if this person has signed in there; else nothing."""
    browser, marks = _read(request)
    mine = _mark(browser, username)
    is_known = any(constant_time_compare(mark, mine) for mark in marks)
    return browser if is_known else ""


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    browser, *marks = request.COOKIES.get(COOKIE, "").split(".")
    return browser, marks[:MOST_PEOPLE]


def _mark(browser: str, username: str) -> str:
    value = f"{browser} {username}"
    return salted_hmac(__name__, value, algorithm="sha256").hexdigest()[:16]
