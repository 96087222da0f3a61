"""Questions to a model that takes its time, against tasks that only wait for it.

On PostgreSQL and Redis, with one worker of 200 threads, as `docker-compose.yml` has
it; and how long an answer out of a lesson of 100 sentences takes without a model.
"""

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

from tests.postgres import running_postgres
from tests.stack.tutor_parts import Parts
from tests.tutor import adversary as acts
from tests.tutor.bread import TEXT

GAS, SUGAR, _SALT, _SOURDOUGH = TEXT


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=400)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    embedded()
    model = acts.Adversary()
    ended = []
    model.chat = takes(options.seconds, ended)
    with tempfile.TemporaryDirectory() as folder, running_postgres() as database_url:
        parts = Parts(Path(folder), database_url, model)
        parts.run("prepare", options.questions)
        with parts.queue():
            measure(parts, ended, options.questions, options.rounds)
    model.close()


def takes(seconds, ended):
    """A model that waits for the first sentence, and has the second at once."""

    def chat(talk):
        talk.begin_stream()
        time.sleep(seconds)
        for claim in (GAS, SUGAR):
            talk.piece(acts.line(claim, claim))
        talk.end()
        ended.append(time.monotonic())

    return chat


def measure(parts, ended, many, rounds):
    ratios = []
    for number in range(1, rounds + 1):
        ended.clear()
        bare = timed(parts, "bare", many, lambda: len(ended) == many)
        parts.rows("DELETE FROM tutor_budget")
        answered = {"answered": many * number}
        asked = timed(parts, "ask", many, lambda all_=answered: parts.states() == all_)
        ratios.append(asked / bare)
        print(f"  {many} questions {asked:6.1f} s, bare tasks {bare:6.1f} s,", end="")
        print(f" ratio {ratios[-1]:.2f}")
    print(f"  ratio in the middle {statistics.median(ratios):.2f}")


def timed(parts, command, count, is_done):
    """Seconds that a worker needs for what is queued, from its first call on."""
    parts.run(command, count)
    calls = len(parts.model.got("chat"))
    with parts.worker("--include", "tests.benchmarks.bare_tasks"):
        while len(parts.model.got("chat")) == calls:
            time.sleep(0.01)
        begun_at = time.monotonic()
        while not is_done():
            time.sleep(0.05)
        return time.monotonic() - begun_at


def embedded():
    os.environ |= {
        "SECRET_KEY": "only for this benchmark",
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.site_settings",
        "SITE_URL": "http://127.0.0.1",
    }
    import django

    django.setup()
    from tutor import extract
    from tutor.lesson_text import Passage

    words = ["yeast", "bread", "salt", "oven", "crust"]
    words += ["dough", "water", "flour", "heat", "sugar"]
    lesson = [
        Passage(
            f"p-{n}",
            f"The {words[n % 10]} of loaf {n} needs {words[(n // 10) % 10]} and time.",
            f"Part {n // 10}",
        )
        for n in range(100)
    ]
    took = []
    for n in range(200):
        start = time.process_time()
        extract.answer(f"What does the {words[n % 10]} of loaf {n % 100} need?", lesson)
        took.append((time.process_time() - start) * 1000)
    took.sort()
    print(
        f"  an answer out of 100 sentences: {took[100]:.1f} ms in the middle,", end=""
    )
    print(f" {took[190]:.1f} ms at the 95th percentile, {took[-1]:.0f} ms at most")


if __name__ == "__main__":
    main()
