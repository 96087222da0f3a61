"""Whether this process is up, and whether what it needs answers."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

from django import db
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from tendril.celery import app as celery_app

# Long enough that asking all the time costs next to nothing.
GOOD_FOR = 5.0


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return plain("ok")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    silent = readiness.silent_parts()
    if not silent:
        return plain("ok")
    lines = "\n".join(f"{part} does not answer" for part in silent)
    return plain(lines, status=503)


PROBES = {"/healthz": healthz, "/readyz": readyz}


class HealthMiddleware:
    """Answer before anything asks the database or the cache, which may be gone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return PROBES.get(request.path_info, self.get_response)(request)


def plain(text: str, status: int = 200) -> HttpResponse:
    return HttpResponse(
        text,
        content_type="text/plain; charset=utf-8",
        status=status,
        headers={"Cache-Control": "no-store"},
    )


class Readiness:
    """Which parts the site needs are silent; asked anew only once in a while."""

    def __init__(self, ask: Callable[[], list[str]]) -> None:
        self._ask = ask
        self._lock = Lock()
        self._silent: list[str] = []
        self._good_until = 0.0

    def silent_parts(self) -> list[str]:
        with self._lock:
            if time.monotonic() >= self._good_until:
                self._silent = self._ask()
                self._good_until = time.monotonic() + GOOD_FOR
            return self._silent


def ask_all() -> list[str]:
    silent = [] if database_answers() else ["database"]
    if not broker_answers():
        # A worker cannot be asked but through it.
        return [*silent, "broker"]
    return silent if worker_answers() else [*silent, "worker"]


def database_answers() -> bool:
    """Asked on a connection of its own: a pool would wait half a minute for one."""
    connection = db.connection.copy()
    options = connection.settings_dict["OPTIONS"]
    if options.pop("pool", None):
        options["connect_timeout"] = 2
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except db.Error:
        return False
    finally:
        connection.close()
    return True


def broker_answers() -> bool:
    with celery_app.connection_for_write() as broker:
        try:
            broker.ensure_connection(max_retries=1, timeout=1)
        except (OperationalError, *broker.connection_errors):
            return False
    return True


def worker_answers() -> bool:
    try:
        return bool(celery_app.control.ping(timeout=1.0, limit=1))
    except (OperationalError, *celery_app.connection_for_write().connection_errors):
        return False


readiness = Readiness(ask_all)
