"""A class of 35 students and 60 assignments, against each cell by itself.

On SQLite, in one process: the time of its processor, whatever else is running.
"""

import argparse
import os
import statistics
import tempfile
import time
import uuid
from datetime import timedelta

QUESTIONS = 10
# The page of a class is a frame; what it shows comes in two panels.
PAGES = [
    ("the class page", "classrooms:classroom"),
    ("what it was given", "quizzes:class_assignments"),
    ("how far everybody is", "quizzes:class_status"),
    ("the gradebook", "quizzes:gradebook"),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=35)
    parser.add_argument("--assignments", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "SECRET_KEY": "only for this benchmark",
            "TENDRIL_DATA": folder,
            "LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "tests.benchmarks.site_settings",
            "SITE_URL": "http://127.0.0.1",
        }
        import django

        django.setup()
        measure(options.students, options.assignments, options.rounds)


def measure(students, assignments, rounds):
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    call_command("collectstatic", "--no-input", verbosity=0)
    classroom, teacher = seed(students, assignments)
    for what, build in [
        *((what, page_for(name, classroom, teacher)) for what, name in PAGES),
        ("its cells", lambda: at_once(classroom)),
    ]:
        build()
        took = [timed(build) for _ in range(rounds)]
        print(
            f"  {what:<22}{statistics.median(took) * 1000:7.0f} ms in the middle,",
            end="",
        )
        print(f" {min(took) * 1000:.0f} to {max(took) * 1000:.0f} of {rounds}")
    alone = timed(lambda: one_by_one(classroom))
    ratio = alone / statistics.median(took)
    print(f"  cell by cell {alone * 1000:6.0f} ms, {ratio:.0f} times as long")
    assert at_once(classroom) == one_by_one(classroom)
    connection.close()


def timed(build):
    start = time.process_time()
    build()
    return time.process_time() - start


def page_for(name, classroom, teacher):
    from django.test import Client
    from django.urls import reverse

    client = Client()
    client.force_login(teacher)
    url = reverse(name, args=[classroom.pk])

    def page():
        response = client.get(url, headers={"host": "127.0.0.1"})
        assert response.status_code == 200, response.status_code

    return page


def at_once(classroom):
    from quizzes.gradebook import gradebook_of

    rows = gradebook_of(classroom).rows
    return [[(cell.score_text, cell.remarks) for cell in row.cells] for row in rows]


def one_by_one(classroom):
    """The same, each student and assignment looked up alone."""
    from quizzes.models import Assignment
    from quizzes.student_work import student_work

    seats = classroom.enrolments.students().select_related("person")
    given = list(Assignment.objects.filter(classroom=classroom))
    rows = []
    for seat in seats.order_by("person__display_name"):
        cells = [student_work(assignment, seat.person).cell for assignment in given]
        rows.append([(cell.score_text, cell.remarks) for cell in cells])
    return rows


def seed(students, assignments):
    from django.utils import timezone

    from quizzes.models import Assignment, Question, Quiz
    from tendril.accounts.models import User
    from tendril.classrooms.models import Classroom, Enrolment

    classroom = Classroom.objects.create(name="Benchmark")
    teacher = User.objects.create(username="teacher", password="!")
    classroom.enrolments.create(person=teacher, role=Enrolment.Role.TEACHER)
    people = User.objects.bulk_create(
        User(username=f"s{n}", display_name=f"S {n:03}", password="!")
        for n in range(students)
    )
    Enrolment.objects.bulk_create(
        Enrolment(classroom=classroom, person=person) for person in people
    )
    body = {"answers": ["yes"], "wrong": [], "forgiving": True}
    for number in range(assignments):
        quiz = Quiz.objects.create(slug=f"quiz-{number}", title=f"Quiz {number}")
        questions = Question.objects.bulk_create(
            Question(
                quiz=quiz, key=f"q{n}", kind="short", stem="?", body=body, position=n
            )
            for n in range(QUESTIONS)
        )
        given = Assignment.objects.create(
            classroom=classroom,
            quiz=quiz,
            made_by=teacher,
            opens_at=timezone.now() - timedelta(days=number),
        )
        answer_all(given, questions, people)
    return classroom, teacher


def answer_all(given, questions, people):
    """Everybody hands in twice, and every third of them needs help."""
    from django.utils import timezone

    from quizzes.models import Attempt, Response

    now = timezone.now()
    attempts = Attempt.objects.bulk_create(
        Attempt(
            id=uuid.uuid4(),
            student=person,
            quiz=given.quiz,
            assignment=given,
            seed=number % 6,
            question_count=QUESTIONS,
            started_at=now - timedelta(hours=3 - again),
            handed_in_at=now - timedelta(hours=2 - again),
            marks_shown_at=now,
            score=QUESTIONS - number % 6,
            max_score=QUESTIONS,
        )
        for again in (0, 1)
        for number, person in enumerate(people)
    )
    Response.objects.bulk_create(
        Response(
            id=uuid.uuid4(),
            attempt=attempt,
            question=question,
            answer=["yes"],
            readable_answer="yes",
            points=int(place >= attempt.seed),
            answered_at=attempt.handed_in_at,
            marked_at=attempt.handed_in_at,
        )
        for attempt in attempts
        for place, question in enumerate(questions)
    )


if __name__ == "__main__":
    main()
