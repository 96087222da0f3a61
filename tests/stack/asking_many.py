"""Commands inside a site whose parts the tests start and kill.

python -m tests.stack.asking_many prepare 20    students who may ask, and a lesson
python -m tests.stack.asking_many ask           each of them asks a question
python -m tests.stack.asking_many ask 400       the same, each another one
python -m tests.stack.asking_many bare 400      so many tasks that only wait
python -m tests.stack.asking_many sweep         what beat does every minute
python -m tests.stack.asking_many probe         what beat does every five minutes
"""

import sys
from uuid import uuid4

import django

QUESTION = "Why does bread rise with yeast?"


def prepare(count):
    from django.core.management import call_command

    from tests.factories import (
        ClassroomFactory,
        EnrolmentFactory,
        LessonFactory,
        PassageFactory,
        SectionFactory,
        UserFactory,
    )
    from tests.tutor.conftest import TEXT
    from tutor import consent, methods
    from tutor.purposes import Purpose

    call_command("migrate", verbosity=0)
    UserFactory(username="counsellor", adult=True)
    lesson = LessonFactory(slug="bread", title="How bread rises", digest="d1")
    section = SectionFactory(lesson=lesson, key="idea", title="The big idea")
    for number, text in enumerate(TEXT, 1):
        PassageFactory(
            lesson=lesson,
            section=section,
            key=f"idea-{number}",
            text=text,
            position=number,
        )
    classroom = ClassroomFactory()
    teacher = EnrolmentFactory(classroom=classroom, teacher=True).person
    for _ in range(int(count)):
        student = EnrolmentFactory(classroom=classroom).person
        for purpose in Purpose:
            consent.grant(
                student=student,
                by=teacher,
                purpose=purpose,
                method=methods.IN_PERSON,
                evidence="form 12",
            )
    probe()


def ask(count=0):
    from lessons.models import Lesson
    from tendril.accounts.models import User
    from tutor import asking

    lesson = Lesson.objects.get(slug="bread")
    students = User.objects.filter(enrolments__role="student")
    for student in students:
        # What was asked before would come out of the cache.
        text = (
            f"{QUESTION} And in {uuid4().int % 10**6} minutes?" if count else QUESTION
        )
        asking.ask(student=student, lesson=lesson, exchange_id=uuid4(), text=text)


def bare(count):
    from tests.benchmarks.bare_tasks import wait_for_model

    for _ in range(int(count)):
        wait_for_model.delay()


def sweep():
    from tutor import tasks

    tasks.sweep()


def probe():
    from tutor import probing

    probing.run()


COMMANDS = {act.__name__: act for act in (prepare, ask, bare, sweep, probe)}

if __name__ == "__main__":
    django.setup()
    COMMANDS[sys.argv[1]](*sys.argv[2:])
