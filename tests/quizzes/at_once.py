"""What a process of its own does to the database of `test_at_once`, when told to.

Each function takes and gives what can be sent from one process to another.
"""

import os
import re
import uuid
from datetime import UTC, datetime
from pathlib import Path

SOURDOUGH = re.compile(r'name="(q\d+)"\s+value="(\w+)"[^>]*>\s*<span>Sourdough')
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


def obey(orders, barrier, url):
    """Run one function after another until there is no order any more."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": url}
    import django

    django.setup()
    while order := orders.recv():
        name, arguments, is_together = order
        if is_together:
            barrier.wait(60)
        orders.send(globals()[name](*arguments))


def migrate():
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def load_lessons(folder, right):
    """Load a lesson in whose quiz this dough is the one that takes longest."""
    from quizzes.bank import read_bank
    from quizzes.loading import load_bank
    from tests.lesson_files import LessonFolder

    lessons = LessonFolder(Path(folder)).add("bread")
    if right == "Pizza dough":
        lessons.edit("bread.quiz.yaml", "why: It takes an hour.", "right: true")
        lessons.edit("bread.quiz.yaml", "Sourdough, right: true", "Sourdough, why: No.")
    load_bank(read_bank(lessons.path))


def begin(question_count, answered=0):
    """A quiz that a student has begun, so many of its questions answered rightly."""
    from quizzes import grading, starting
    from tests.factories import QuestionFactory, QuizFactory, UserFactory

    quiz = QuizFactory()
    questions = QuestionFactory.create_batch(question_count, quiz=quiz)
    student = UserFactory()
    attempt = starting.start(quiz=quiz, student=student)
    done = {question: ["right"] for question in questions[:answered]}
    if done:
        grading.submit_answers(attempt=attempt, answers=done)
    return student.pk, attempt.pk, [question.pk for question in questions]


def newcomer():
    from tests.factories import QuestionFactory, QuizFactory, UserFactory

    quiz = QuizFactory()
    for key in ("q1", "q2", "q3"):
        QuestionFactory(quiz=quiz, key=key)
    return UserFactory().pk, quiz.slug


def client_of(student_id):
    from django.test import Client

    from tendril.accounts.models import User

    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(pk=student_id))
    return client


def answer(student_id, attempt_id, number, question_id, pick):
    """The status of the reply to a form with one answer."""
    data = {"question": number, f"q{question_id}": pick}
    url = f"/attempts/{attempt_id}/answer/"
    return client_of(student_id).post(url, data).status_code


def start(student_id, slug):
    """Where the reply to the start button leads."""
    reply = client_of(student_id).post(f"/learn/quiz/{slug}/start/")
    return reply.status_code, reply.get("Location")


def look_at(attempt_id):
    from quizzes.models import Attempt

    attempt = Attempt.objects.get(pk=attempt_id)
    responses = attempt.responses.order_by("question")
    return {
        "answers": [(row.answer, float(row.points)) for row in responses],
        "score": float(attempt.score),
        "is_handed_in": attempt.handed_in_at is not None,
    }


def attempts_of(student_id):
    from quizzes.models import Attempt

    return list(Attempt.objects.filter(student=student_id).values_list("pk", flat=True))


def hand_over(student_id, slug, picks):
    """Merge a device's answers to these questions, by key: how each was taken."""
    from lessons.device import AnsweredItem
    from quizzes.merging import merge
    from tendril.accounts.models import User

    items = [
        AnsweredItem(
            kind="answered",
            id=uuid.UUID(int=student_id * 1000 + int(key[1:])),
            attempt=uuid.UUID(int=student_id),
            quiz=slug,
            question=key,
            version=1,
            answer=[pick],
            happened_at=NOON,
        )
        for key, pick in picks
    ]
    return [o.status for o in merge(User.objects.get(pk=student_id), items, None)]


def newcomers():
    """Somebody who has begun the quiz about bread, and somebody who has not."""
    from quizzes import starting
    from quizzes.models import Quiz
    from tests.factories import UserFactory

    begun = starting.start(
        quiz=Quiz.objects.get(slug="end-bread"), student=UserFactory()
    )
    return begun.student_id, begun.pk, UserFactory().pk


def read_and_answer(early_id, attempt_id, late_id):
    """One goes on, the other begins; both pick Sourdough. Their attempts."""
    address = start(late_id, "end-bread")[1]
    pick_sourdough(early_id, f"/attempts/{attempt_id}/")
    pick_sourdough(late_id, address)
    return [attempt_id, uuid.UUID(address.split("/")[2])]


def pick_sourdough(student_id, address):
    """Send what the form on the page sends for these words."""
    client = client_of(student_id)
    page = client.get(f"{address}?question=1").content.decode()
    name, key = SOURDOUGH.search(page).groups()
    client.post(f"{address}answer/", {"question": 1, name: key})


def what_was_asked(attempt_id):
    """Of the one answer in an attempt: its words, its points, and what was right."""
    from quizzes.models import Attempt

    response = Attempt.objects.get(pk=attempt_id).responses.get()
    question = response.question
    assert question in response.attempt.questions.all()
    words = {choice["key"]: choice for choice in question.body["choices"]}
    picked = words[response.answer[0]]
    return picked["text"], response.points, picked["right"]


def what_is_left():
    """How many answers there are, and how many versions are current, by key."""
    from django.db.models import Count

    from quizzes.models import Question, Response

    current = Question.objects.current().filter(quiz__slug="end-bread")
    versions = current.order_by().values_list("key").annotate(Count("pk"))
    answers = Response.objects.filter(question__quiz__slug="end-bread").count()
    return answers, dict(versions)
