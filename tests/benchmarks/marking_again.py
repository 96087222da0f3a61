"""Marking 100,000 answers again, and answering questions in the meantime."""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from contextlib import contextmanager, nullcontext

from tests.benchmarks.load import ROOT
from tests.postgres import running_postgres

WORDS = ["training more", "fine-tuning", "baking", "teaching it"]
ATTEMPTS_EACH = 4
# Answering meanwhile is another process's work, as on a real site.
ANSWERING = [sys.executable, "-m", "tests.benchmarks.marking_again", "--answering"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=100_000)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--answering", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.answering:
        set_up()
        answer_until_told()
        return
    server = running_postgres() if options.postgres else nullcontext()
    with server as address, tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "SECRET_KEY": "only for this benchmark",
            "TENDRIL_DATA": folder,
            "LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "tendril.settings",
        }
        if address:
            os.environ["DATABASE_URL"] = address
        set_up()
        print("PostgreSQL" if address else "SQLite")
        measure(options.answers)


def set_up():
    import django

    django.setup()


def measure(answers):
    from django.core.management import call_command
    from django.db import connection

    from quizzes import marking_again

    call_command("migrate", verbosity=0)
    key = seed(answers)
    with answering() as before:
        time.sleep(5)
    correction = corrected(key)
    with answering() as meanwhile:
        start = time.perf_counter()
        marking_again.mark_again(correction)
        seconds = time.perf_counter() - start
    correction.refresh_from_db()
    changes = correction.changes.count()
    print(f"  {correction.done_count} answers, {changes} marks changed")
    print(f"  marked again in  {seconds:6.1f} s")
    report("an answer before", before)
    report("and meanwhile", meanwhile)
    assert correction.finished_at
    assert not marking_again.unfinished()
    connection.close()


def seed(answers):
    """A question with many answers, each marked and in a sitting of its own."""
    from quizzes.models import Question, Quiz
    from tendril.accounts.models import User

    quiz = Quiz.objects.create(slug="bench", title="Benchmark")
    body = {"answers": ["fine-tuning"], "wrong": [], "forgiving": True}
    key = Question.objects.create(
        quiz=quiz, key="q1", kind="short", stem="What?", body=body, position=1
    )
    students = User.objects.bulk_create(
        User(username=f"s{n}", password="!") for n in range(answers // ATTEMPTS_EACH)
    )
    for start in range(0, answers, 10_000):
        numbers = range(start, min(start + 10_000, answers))
        answer_all(key, [(n, students[n % len(students)]) for n in numbers])
    return key


def answer_all(key, numbered):
    from django.utils import timezone

    from quizzes.models import Attempt, Response
    from quizzes.rules import PRACTICE

    now = timezone.now()
    done = {"handed_in_at": now, "marks_shown_at": now, "rules": PRACTICE.copy()}
    attempts = Attempt.objects.bulk_create(
        Attempt(
            id=uuid.uuid4(),
            student=student,
            quiz=key.quiz,
            seed=number,
            question_count=1,
            started_at=now,
            score=int(WORDS[number % 4] == "fine-tuning"),
            max_score=1,
            **done,
        )
        for number, student in numbered
    )
    asks = Attempt.questions.through
    asks.objects.bulk_create(asks(attempt=a, question=key) for a in attempts)
    Response.objects.bulk_create(
        Response(
            id=uuid.uuid4(),
            attempt=attempt,
            question=key,
            answer=[WORDS[attempt.seed % 4]],
            readable_answer=WORDS[attempt.seed % 4],
            points=attempt.score,
            answered_at=now,
            marked_at=now,
        )
        for attempt in attempts
    )


def corrected(key):
    from quizzes import disputes
    from quizzes.models import Response
    from tendril.accounts.models import User

    staff = User.objects.create(username="office", is_staff=True)
    response = Response.objects.filter(question=key, points=0, attempt__seed=0).get()
    dispute = disputes.raise_dispute(response=response, why="It is the same.")
    start = time.perf_counter()
    foreseen = disputes.preview_of(dispute)
    seconds = time.perf_counter() - start
    print(f"  preview of {foreseen.changed} changes in {seconds:.1f} s")
    return disputes.accept(dispute=dispute, by=staff)


@contextmanager
def answering():
    """How long each answer took while the block ran, in seconds."""
    times = []
    process = subprocess.Popen(
        ANSWERING, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    process.stdout.readline()
    try:
        yield times
    finally:
        told, _ = process.communicate("stop\n")
    times += json.loads(told)


def answer_until_told():
    """Take a quiz of two questions again and again, and time each answer."""
    import select

    from quizzes import grading, starting
    from quizzes.models import Question, Quiz
    from tendril.accounts.models import User

    student = User.objects.create(username=f"a{uuid.uuid4()}"[:30], password="!")
    quiz = Quiz.objects.create(slug=f"other-{uuid.uuid4()}", title="Other")
    body = {"answers": ["yes"], "wrong": [], "forgiving": True}
    for n in (1, 2):
        Question.objects.create(
            quiz=quiz, key=f"q{n}", kind="short", stem="Is it?", body=body, position=n
        )
    times = []
    print("ready", flush=True)
    while not select.select([sys.stdin], [], [], 0.02)[0]:
        attempt = starting.start(quiz=quiz, student=student)
        for question in attempt.questions.select_related("marked_by"):
            start = time.perf_counter()
            grading.submit_answers(attempt=attempt, answers={question: ["yes"]})
            times.append(time.perf_counter() - start)
    print(json.dumps(times))


def report(what, times):
    median, worst = statistics.median(times), max(times)
    print(f"  {what:<17}{median * 1000:6.0f} ms in the middle,", end="")
    print(f" {worst * 1000:.0f} ms at worst, of {len(times)}")


if __name__ == "__main__":
    main()
