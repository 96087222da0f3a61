"""Signed-in students with quizzes begun and what they are going to answer, as JSON."""

import json
import os
import sys
import time

import django

WRONG_ONE_IN = 4


def main(students):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tendril.settings")
    django.setup()
    from lessons.models import Lesson

    told = {
        "students": [student(number) for number in range(students)],
        "lesson": Lesson.objects.first().pk,
        "commits": commits_per_second(),
    }
    json.dump(told, sys.stdout)


def student(number):
    from django.test import Client

    from quizzes.models import Quiz
    from quizzes.starting import start
    from tendril.accounts.models import User

    user = User.objects.create_user(f"benchmark-{number}")
    client = Client()
    client.force_login(user)
    attempts = [start(quiz=quiz, student=user) for quiz in Quiz.objects.practice()]
    return {
        "session": client.cookies["sessionid"].value,
        "answers": [row for attempt in attempts for row in answers(attempt)],
    }


def answers(attempt):
    """For each question its address, its number, its field and what to send."""
    for number, question in enumerate(attempt.questions.all(), start=1):
        url = f"/attempts/{attempt.pk}/answer/"
        yield url, number, f"q{question.pk}", values(question, number)


def values(question, number):
    from quizzes.marking import kind_of

    choices = question.body.get("choices", ())
    wrong = [choice["key"] for choice in choices if not choice["right"]]
    if wrong and number % WRONG_ONE_IN == 0:
        return wrong[:1]
    return kind_of(question).right(question.body)


def commits_per_second(seconds=2):
    """Rows inserted and committed one by one, without the ORM and without a page."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE benchmark_rows (number integer, text text)")
        done, end = 0, time.perf_counter() + seconds
        while time.perf_counter() < end:
            cursor.execute("INSERT INTO benchmark_rows VALUES (%s, 'a row')", [done])
            done += 1
        cursor.execute("DROP TABLE benchmark_rows")
    return done / seconds


if __name__ == "__main__":
    main(int(sys.argv[1]))
