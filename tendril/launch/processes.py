"""The programs a site is made of."""

from __future__ import annotations

import os
import sys

from django.conf import settings

from tendril.launch import addresses, broker
from tendril.launch.options import Options

MOST_WORKERS = 4
# Without such a limit, a stop that comes during the start is waited for forever.
WEB_STOP = 5
# Answers of a model that are waited for at once: a thread each, which sleeps.
ANSWERS_AT_ONCE = 200


def web(kind: str, options: Options) -> list[str]:
    has_queue = os.environ.get(broker.MODE) == "thread"
    program = "tendril.launch.web_and_worker" if has_queue else "tendril.wsgi"
    # A queue in the memory of the process cannot be shared by two of them.
    is_one = has_queue or kind == "demo"
    workers = 1 if is_one else min(os.cpu_count() or 1, MOST_WORKERS)
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", addresses.bind_address(options), "--port", str(options.port)),
        *("--workers", str(workers), "--blocking-threads", "8"),
        *("--workers-kill-timeout", str(WEB_STOP)),
        f"{program}:application",
    ]


def environment() -> dict[str, str]:
    """The site's, and Celery's word for stopping softly when asked by SIGTERM."""
    return {**os.environ, "REMAP_SIGTERM": "SIGQUIT"}


def workers() -> dict[str, list[str]]:
    """By name. Waiting for a model gets threads of its own, and keeps nobody up."""
    pool = "threads" if sys.platform == "win32" else "prefork"
    if not settings.TENDRIL_LLM_MODEL:
        return {"worker": _worker("celery", "celery,tutor", pool, 2)}
    return {
        "worker": _worker("celery", "celery", pool, 2),
        "tutor worker": _worker("tutor", "tutor", "threads", ANSWERS_AT_ONCE),
    }


def _worker(name: str, queues: str, pool: str, at_once: int) -> list[str]:
    return [
        *(sys.executable, "-m", "celery", "-A", "tendril", "worker"),
        *("--hostname", f"{name}@%h", "--queues", queues),
        *("--pool", pool, "--concurrency", str(at_once), "--loglevel", "INFO"),
        # They look for other workers, which takes a second and finds none.
        *("--without-mingle", "--without-gossip"),
        # Nobody listens, and beating at a broker that has gone would never end.
        "--without-heartbeat",
    ]


def timer() -> list[str]:
    start = [sys.executable, "-m", "celery", "-A", "tendril", "beat"]
    return [*start, "--loglevel", "INFO", "--pidfile="]
