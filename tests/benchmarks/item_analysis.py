"""The report on 100,000 answers to an assignment: worked out, and shown as kept."""

import argparse
import os
import statistics
import tempfile
import time
import uuid
from contextlib import nullcontext

from tests.postgres import running_postgres

QUESTIONS = 20
ROUNDS = 15
SAMPLE = 200


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=100_000)
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    server = running_postgres() if options.postgres else nullcontext()
    with server as address, tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "SECRET_KEY": "only for this benchmark",
            "SITE_URL": "http://testserver",
            "TENDRIL_DATA": folder,
            "LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "tests.benchmarks.site_settings",
        }
        if address:
            os.environ["DATABASE_URL"] = address
        import django

        django.setup()
        print("PostgreSQL" if address else "SQLite")
        measure(options.answers)


def measure(answers):
    from django.core.management import call_command
    from django.db import connection

    from quizzes import working_out
    from quizzes.models import ItemReport

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    assignment = seed(answers)
    ItemReport.objects.create(assignment=assignment)
    seconds = timed(lambda: working_out.work_out(assignment.pk))
    print(f"  worked out in the background  {seconds:8.2f} s")
    print(f"  shown as kept                 {shown(assignment) * 1000:8.0f} ms")
    print(f"  row by row                    {row_by_row(assignment):8.0f} s")
    connection.close()


def timed(act):
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def shown(assignment):
    """The middle of some requests of the page, in seconds."""
    from django.test import Client

    client = Client()
    client.force_login(assignment.made_by)
    address = f"/assignments/{assignment.pk}/questions/"

    def ask():
        response = client.get(address, secure=True)
        assert b"missed by" in response.content, response.status_code

    ask()
    return statistics.median(timed(ask) for _ in range(ROUNDS))


def row_by_row(assignment):
    """One query an answer, which the figures need at least; a sample, times all."""
    question = assignment.quiz.questions.first()
    attempts = list(assignment.attempts.all()[:SAMPLE])
    share = SAMPLE / (assignment.attempts.count() * QUESTIONS)

    def add_up():
        return sum(a.responses.get(question=question).points for a in attempts)

    return timed(add_up) / share


def seed(answers):
    """A teacher's class in which everybody has answered everything."""
    from quizzes.models import Assignment, Question, Quiz
    from tendril.accounts.models import User
    from tendril.classrooms.models import Classroom, Enrolment

    quiz = Quiz.objects.create(slug="bench", title="Benchmark")
    choices = [
        {"key": key, "text": key, "right": key == "a", "why": ""} for key in "abcd"
    ]
    questions = Question.objects.bulk_create(
        Question(
            quiz=quiz,
            key=f"q{n}",
            kind="single",
            stem=f"What is {n}?",
            body={"choices": choices},
            position=n,
        )
        for n in range(QUESTIONS)
    )
    teacher = User.objects.create(username="teacher")
    classroom = Classroom.objects.create(name="Benchmark")
    Enrolment.objects.create(classroom=classroom, person=teacher, role="teacher")
    given = Assignment.objects.create(classroom=classroom, quiz=quiz, made_by=teacher)
    students = User.objects.bulk_create(
        User(username=f"s{n}", password="!") for n in range(answers // QUESTIONS)
    )
    answer_all(given, questions, students)
    return given


def answer_all(given, questions, students):
    from django.utils import timezone

    from quizzes.models import Attempt, Response

    now = timezone.now()
    attempts = Attempt.objects.bulk_create(
        Attempt(
            id=uuid.uuid4(),
            student=student,
            quiz=given.quiz,
            assignment=given,
            seed=number,
            question_count=len(questions),
            started_at=now,
            handed_in_at=now,
        )
        for number, student in enumerate(students)
    )
    pairs = [(attempt, question) for attempt in attempts for question in questions]
    asks = Attempt.questions.through
    asks.objects.bulk_create(
        (asks(attempt=a, question=q) for a, q in pairs), batch_size=10_000
    )
    Response.objects.bulk_create(
        (response(attempt, question, now) for attempt, question in pairs),
        batch_size=5_000,
    )


def response(attempt, question, now):
    from quizzes.models import Response

    # Some know more than others, and some questions are harder.
    pick = "abcd"[(attempt.seed * 7 + question.position * attempt.seed % 5) % 4]
    return Response(
        id=uuid.uuid4(),
        attempt=attempt,
        question=question,
        answer=[pick],
        readable_answer=pick,
        points=int(pick == "a"),
        answered_at=now,
        marked_at=now,
    )


if __name__ == "__main__":
    main()
