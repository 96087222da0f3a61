import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories import LessonFactory, QuizFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson():
    other = LessonFactory(title="How strings pull")
    lesson = LessonFactory(slug="kites", related=[other.slug], question_count=3)
    QuizFactory(lesson=lesson)
    return lesson


def panel(client, lesson):
    return client.swap("get", reverse("tutor:panel", args=[lesson.slug]), "tutor-panel")


@pytest.mark.parametrize("is_signed_in", [False, True], ids=["signed out", "signed in"])
def test_the_closed_tutor_says_what_to_do_instead(htmx, lesson, student, is_signed_in):
    if is_signed_in:
        htmx.force_login(student)

    response = panel(htmx, lesson)

    assertContains(response, reverse("quizzes:quiz", args=["end-kites"]))
    assertContains(response, "How strings pull")
    assertContains(response, "ask a grown-up or your teacher")


@pytest.mark.parametrize("trait", ["closed", "retired"])
def test_the_closed_tutor_offers_no_quiz_that_cannot_be_taken(htmx, trait):
    lesson = LessonFactory(slug="kites", question_count=3)
    QuizFactory(lesson=lesson, **{trait: True})

    assertNotContains(panel(htmx, lesson), "Take the quiz")


def test_the_closed_tutor_takes_no_text(htmx, lesson):
    page = panel(htmx, lesson)

    for field in ("<form", "<input", "<textarea"):
        assertNotContains(page, field)
    url = reverse("tutor:panel", args=[lesson.slug])
    assert htmx.post(url, {"question": "Why?"}).status_code == 405


def test_there_is_no_tutor_for_a_lesson_that_was_put_away(htmx):
    gone = LessonFactory(retired=True)

    response = htmx.get(reverse("tutor:panel", args=[gone.slug]))

    assert response.status_code == 404
