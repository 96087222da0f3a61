import threading
import time

import pytest
from celery.contrib.testing.worker import start_worker
from django.test import Client

from tendril import health
from tendril.celery import app as celery_app
from tendril.health import Readiness


@pytest.fixture
def worker():
    with start_worker(celery_app, pool="solo", perform_ping_check=False):
        yield


@pytest.fixture
def _asked_anew():
    health.readiness = Readiness(health.ask_all)
    yield
    health.readiness = Readiness(health.ask_all)


def test_healthz_says_ok_to_anybody_and_asks_no_database(client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response


def test_healthz_answers_whatever_the_host_and_the_cache(client, settings, tmp_path):
    settings.ALLOWED_HOSTS = ["lessons.example.org"]
    # A cache that cannot be read or written: every other page asks it.
    (tmp_path / "cache").touch()
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": tmp_path / "cache",
        }
    }

    response = client.get("/healthz", headers={"host": "10.0.0.7"})

    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_nothing_can_be_posted(path):
    assert Client().post(path).status_code == 405


@pytest.mark.django_db
@pytest.mark.usefixtures("_asked_anew")
def test_readyz_is_ok_once_every_part_answers(client, worker):
    response = client.get("/readyz")

    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
@pytest.mark.usefixtures("_asked_anew")
def test_readyz_names_the_worker_that_does_not_answer(client):
    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"worker does not answer")
    assert response["Cache-Control"] == "no-store"


def test_parts_that_are_gone_are_named_on_lines_of_their_own(client, monkeypatch):
    silent = Readiness(lambda: ["database", "broker"])
    monkeypatch.setattr(health, "readiness", silent)

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.content == b"database does not answer\nbroker does not answer"


def test_asking_all_the_time_asks_the_parts_once():
    asked = []
    readiness = Readiness(lambda: asked.append("asked") or [])

    threads = [threading.Thread(target=readiness.silent_parts) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert asked == ["asked"]


def test_after_a_while_the_parts_are_asked_again(monkeypatch):
    monkeypatch.setattr(health, "GOOD_FOR", 0.01)
    answers = iter([["broker"], []])
    readiness = Readiness(lambda: next(answers))

    assert readiness.silent_parts() == ["broker"]
    time.sleep(0.02)
    assert readiness.silent_parts() == []
