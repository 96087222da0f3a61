"""No adult sees a field of a student that the student's mirror lacks."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from quizzes.models import Attempt
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    PassageFactory,
    ProgressFactory,
    QuestionFactory,
    ResponseFactory,
)

pytestmark = pytest.mark.django_db

# Who looks, where, and the elements about one student among others.
ADULT_VIEWS = [
    ("teacher", "quizzes:class_panel", r"<tr>.*?</tr>"),
    ("teacher", "quizzes:gradebook", r"<tr>.*?</tr>"),
    ("guardian", "quizzes:family_panel", r"<article>.*?</article>"),
    ("guardian", "quizzes:family_work", None),
    ("guardian", "lessons:family_reading", None),
]
MIRROR = ["quizzes:seen_work", "quizzes:family_work", "lessons:family_reading"]


@pytest.fixture
def work(student, classroom):
    """Something for every field: numbers that nothing else on a page shows."""
    passage = PassageFactory(text="A kite leans on the wind.")
    now = timezone.now()
    ProgressFactory(student=student, lesson=passage.lesson, last_read_at=now)
    for _ in range(23):
        ProgressFactory(student=student, finished=True, last_read_at=now)
    AttemptFactory.create_batch(16, student=student, handed_in=True)
    question = QuestionFactory(quiz__lesson=passage.lesson, passages=[passage.key])
    ResponseFactory(
        attempt__student=student, attempt__quiz=question.quiz, question=question
    )
    AssignmentFactory(classroom=classroom, quiz__title="Strings", closes_at=None)
    given = AssignmentFactory(classroom=classroom, quiz__title="Tails")
    AttemptFactory(
        student=student,
        assigned=True,
        assignment=given,
        handed_in=True,
        marks_shown_at=timezone.now(),
        score=37,
        max_score=41,
    )


def page(person, name, student):
    client = Client()
    client.force_login(person)
    takes_student = name in ("quizzes:family_work", "lessons:family_reading")
    args = [student.pk] if takes_student else []
    if name == "quizzes:gradebook":
        args = [student.enrolments.get().classroom_id]
    html = client.get(reverse(name, args=args)).content.decode()
    return html.partition("<main")[2].partition("</main>")[0]


def said(html):
    """The texts of a page, each as it stands between two tags."""
    texts = (" ".join(text.split()) for text in re.split(r"<[^>]*>", html))
    return {text for text in texts if re.search(r"\w", text)}


@pytest.mark.parametrize(("viewer", "name", "about"), ADULT_VIEWS)
def test_the_mirror_shows_every_field_that_an_adult_sees(
    request, student, classmate, guardian, work, viewer, name, about
):
    html = page(request.getfixturevalue(viewer), name, student)
    if about:
        html = "".join(
            part for part in re.findall(about, html, re.S) if str(student) in part
        )
    mirror = set().union(*(said(page(student, each, student)) for each in MIRROR))

    assert said(html), "the adult's view says nothing: this compares nothing"
    # The link back to the page from which each of them came.
    assert said(html) - mirror <= {"The family page"}


def test_the_fields_are_those_of_the_student(student, guardian, work):
    mirror = set().union(*(said(page(student, each, student)) for each in MIRROR))

    shown = {"23", "17", "A kite leans on the wind.", "Strings", "To ask at dinner"}
    assert shown <= mirror


def test_marks_that_are_not_shown_yet_are_told_of_and_not_told(student, work):
    Attempt.objects.filter(assignment__isnull=False).update(marks_shown_at=None)

    mirror = said(page(student, "quizzes:seen_work", student))

    assert "Your teacher sees marks, and has not shown them yet." in mirror
    assert not any("37" in text for text in mirror)


@pytest.mark.parametrize("name", ["quizzes:family_work", "lessons:family_reading"])
def test_the_mirror_is_the_very_element_that_the_guardian_sees(
    htmx, student, guardian, work, name
):
    target = f"{name.split(':')[1].replace('_', '-')}-{student.pk}"
    url = reverse(name, args=[student.pk])
    htmx.force_login(guardian)
    theirs = htmx.swap("get", url, target).content
    htmx.force_login(student)

    assert htmx.swap("get", url, target).content == theirs


def test_the_mirror_holds_each_of_its_views(client, student):
    client.force_login(student)

    html = client.get(reverse("home:seen")).content.decode()

    for name in MIRROR:
        takes_student = name != "quizzes:seen_work"
        url = reverse(name, args=[student.pk] if takes_student else [])
        assert f'hx-get="{url}"' in html
