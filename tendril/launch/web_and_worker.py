"""The web server's program where there is no broker: it works the queue as well."""

from __future__ import annotations

from threading import Thread

from celery.beat import EmbeddedService
from celery.worker import WorkController

from tendril.celery import app
from tendril.wsgi import application

__all__ = ["application"]


def work_in_the_background() -> None:
    queues = ["celery", "tutor"]
    worker = WorkController(app=app, pool_cls="threads", concurrency=2, queues=queues)
    Thread(target=worker.start, name="worker", daemon=True).start()
    EmbeddedService(app, thread=True).start()


work_in_the_background()
