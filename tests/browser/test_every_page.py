"""Every page of the site, as those who see it: by axe, and on a narrow screen."""

import re

import pytest
from django.urls import reverse

from quizzes import grading
from quizzes.models import Attempt, Quiz
from tests.factories import ProgressFactory
from tests.urlconf import routes

NARROW = {"width": 320, "height": 640}
LESSON = "choosing-the-right-tool"
# Answers to scripts and machines, what takes only posts, and the corner of a page
# that says who is reading: no pages.
NO_PAGES = {
    "accounts:who",
    "healthz",
    "readyz",
    "home:sync",
    "home:offer",
    "home:undo_sync",
    "lessons:finish",
    "quizzes:start",
    "quizzes:answer",
}
PAGES = [r for r in routes() if not r.is_admin and r.name not in NO_PAGES]


@pytest.fixture
def attempt(student):
    """A quiz half answered, and one handed in."""
    quiz = Quiz.objects.get(slug=f"end-{LESSON}")
    done = grading.start(quiz=quiz, student=student)
    answers = {q: [q.choices.all()[0].key] for q in done.questions.all()}
    grading.submit_answers(attempt=done, answers=answers)
    ProgressFactory(student=student, lesson=quiz.lesson, finished=True)
    begun = grading.start(quiz=quiz, student=student)
    first = begun.questions.all()[0]
    grading.submit_answers(attempt=begun, answers={first: answers[first]})
    return done


def addresses(attempt):
    known = {"attempt_id": attempt.pk, "key": "c1", "tier": "creators"}
    for route in PAGES:
        names = re.findall(r"<(?:\w+:)?(\w+)>", route.pattern)
        slug = f"end-{LESSON}" if route.name.startswith("quizzes:") else LESSON
        if route.name == "lessons:track":
            slug = "ai-foundations"
        yield reverse(route.name, kwargs={n: known.get(n, slug) for n in names})
    begun = Attempt.objects.exclude(pk=attempt.pk).get()
    yield begun.get_absolute_url()
    yield f"{begun.get_absolute_url()}?question=1"
    yield f"{begun.get_absolute_url()}?view=all"
    yield "/nowhere/"


@pytest.mark.parametrize("name", ["signed out", "student", "teacher", "guardian"])
def test_every_page_is_free_of_serious_findings_and_of_sideways_scrolling(
    open_window, sign_in, axe, student, teacher, guardian, attempt, name
):
    people = {"student": student, "teacher": teacher, "guardian": guardian}
    page = open_window(NARROW)
    if name in people:
        sign_in(page, people[name])
    found = {}

    for address in addresses(attempt):
        page.emulate_media(color_scheme="light")
        page.goto(address)
        page.wait_for_load_state("networkidle")
        problems = axe(page)
        page.emulate_media(color_scheme="dark")
        problems += axe(page)
        if page.evaluate("document.documentElement.scrollWidth") > NARROW["width"]:
            problems.append("wider than the screen")
        if problems:
            found[address] = problems

    assert found == {}
