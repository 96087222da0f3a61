"""Answers saved through the whole site, against the least that a view can save.

Both are asked of one server in one run, signed in and as htmx sends a form; the
least view has the same middleware, session and CSRF, and saves one row by the ORM.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path
from urllib.parse import urlencode

from tests.benchmarks.load import ROOT, serving
from tests.benchmarks.talking import answers_per_second
from tests.postgres import running_postgres

PORT = 8933
HOST = f"127.0.0.1:{PORT}"
SECRET = "0123456789abcdefghijABCDEFGHIJkl"
CONNECTIONS = 8
COUNT = """
import django
django.setup()
from quizzes.models import Response
print(Response.objects.filter(marked_at__isnull=False).count())
"""
STUDENTS = 200


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--seconds", type=float, default=0.7)
    parser.add_argument("--on", choices=["sqlite", "postgresql"])
    options = parser.parse_args()
    for name in [options.on] if options.on else ["sqlite", "postgresql"]:
        folder = tempfile.TemporaryDirectory(prefix="tendril-benchmark-")
        database = running_postgres() if name == "postgresql" else nullcontext()
        with folder as data, database as url:
            measure(name, Path(data), url, options.rounds, options.seconds)


def measure(name, folder, url, rounds, seconds):
    site = {
        "SECRET_KEY": "only for this benchmark",
        "SITE_URL": "http://127.0.0.1",
        "TENDRIL_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.site_settings",
    }
    if url:
        site["DATABASE_URL"] = url
    for command in ("migrate", "load_lessons", "collectstatic --no-input"):
        run("manage.py", *command.split(), "--verbosity", "0", environment=site)
    told = json.loads(
        run("-m", "tests.benchmarks.students", str(STUDENTS), environment=site)
    )
    crowd = Crowd(told)
    with serving("tendril.wsgi:application", PORT, site):
        rates = take_turns(crowd, rounds, seconds)
    if (kept := int(run("-c", COUNT, environment=site))) != crowd.answered:
        raise SystemExit(f"{crowd.answered} answers were sent, and {kept} are there.")
    report(name, told["commits"], *rates)


def run(*command, environment):
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ | environment,
        check=True,
        stdout=subprocess.PIPE,
    ).stdout


class Crowd:
    """Students, one to a connection, who go through all that they have begun."""

    def __init__(self, told):
        self.lesson, self.answered = told["lesson"], 0
        sessions = [
            (student["session"], iter(student["answers"]))
            for student in told["students"]
        ]
        self.groups = [sessions[n::CONNECTIONS] for n in range(CONNECTIONS)]

    def answering(self, *, with_page):
        return [self.answer_all(group, with_page) for group in self.groups]

    def keeping(self):
        return [self.keep_on(group[0][0]) for group in self.groups]

    def answer_all(self, group, with_page):
        for session, answers in group:
            for url, number, field, values in answers:
                data = [("question", number), *((field, value) for value in values)]
                head, _body = yield post(url, session, data)
                expect(302, head)
                self.answered += 1
                if with_page:
                    head, _body = yield get(location_in(head), session)
                    expect(200, head)
        raise SystemExit("Everything is answered. Begin with more students.")

    def keep_on(self, session):
        data = [("question", 3), ("q123", "0a1b2c")]
        while True:
            head, _body = yield post(f"/least/{self.lesson}/", session, data)
            expect(204, head)


def post(url, session, data):
    body = urlencode([("csrfmiddlewaretoken", SECRET), *data]).encode()
    form = [
        f"Content-Length: {len(body)}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Origin: http://{HOST}",
        f"X-CSRFToken: {SECRET}",
    ]
    return request("POST", url, session, form) + body


def get(url, session):
    return request("GET", url, session, [])


def request(method, url, session, more):
    lines = [
        f"{method} {url} HTTP/1.1",
        f"Host: {HOST}",
        "Accept: */*",
        "Accept-Encoding: gzip, deflate, br",
        "Accept-Language: en",
        f"Cookie: csrftoken={SECRET}; sessionid={session}",
        "HX-Request: true",
        "HX-Target: quiz-card",
        f"HX-Current-URL: http://{HOST}{url}",
        *more,
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def expect(status, head):
    first = head.split(b"\r\n")[0].decode()
    if first.split()[1] != str(status):
        raise SystemExit(f"The server said {first}, not {status}.")


def location_in(head):
    lines = head.decode().split("\r\n")
    found = [line for line in lines if line.lower().startswith("location:")]
    return found[0].partition(":")[2].strip()


def take_turns(crowd, rounds, seconds):
    """Rates of all three, measured in turn so that a busy machine slows all alike."""
    answers_per_second(PORT, crowd.answering(with_page=True), 1)
    answers_per_second(PORT, crowd.keeping(), 1)
    rates = [
        (
            answers_per_second(PORT, crowd.keeping(), seconds),
            answers_per_second(PORT, crowd.answering(with_page=False), seconds),
            answers_per_second(PORT, crowd.answering(with_page=True), seconds) / 2,
        )
        for _ in range(rounds)
    ]
    return zip(*rates, strict=True)


def report(name, commits, least, posts, pages):
    print(f"answers to quizzes, signed in, on {name}")
    print(f"  least view with one row saved  {statistics.median(least):7.0f} a second")
    for what, rates in (("POST of an answer", posts), ("POST and the page", pages)):
        ratios = [one / other for one, other in zip(rates, least, strict=True)]
        print(f"  {what:29}  {statistics.median(rates):7.0f} a second, ", end="")
        print(f"ratio {statistics.median(ratios):.2f}", end="")
        print(f" ({min(ratios):.2f} to {max(ratios):.2f} over {len(ratios)} rounds)")
    share = statistics.median(posts) / commits
    print(f"  bare commits of one row        {commits:7.0f} a second, ", end="")
    print(f"ratio of the POST to them {share:.3f}")


if __name__ == "__main__":
    main()
