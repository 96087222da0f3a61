import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories import QuestionFactory, QuizFactory
from tests.tutor.conftest import TEXT
from tutor import rehearsal

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(lesson):
    lesson.key_terms = [
        {"id": "yeast", "name": "yeast", "definition": "What makes dough rise."}
    ]
    lesson.outline = [
        {"id": "big-idea", "title": "The big idea", "kind": "plain"},
        {"id": "check", "title": "Check yourself", "kind": "check"},
    ]
    lesson.save()
    return lesson


def rehearsed(lesson):
    return {each.question: each for each in rehearsal.of(lesson)}


def test_questions_are_made_of_terms_headings_and_sentences(lesson):
    assert list(rehearsed(lesson)) == [
        "What does “yeast” mean?",
        "What is “The big idea” about?",
        "Why is it that bread rises?",
        "Is it true that yeast is a living thing that eats sugar?",
        "Is it true that salt slows the yeast down?",
        "Is it true that sourdough takes a whole night to rise?",
        "Who invented “yeast”?",
        "Who won the football match?",
    ]


def test_answers_are_those_of_the_embedded_tutor(lesson):
    answers = rehearsed(lesson)

    why = answers["Why is it that bread rises?"].found
    assert TEXT[0] in [passage.text for passage in why.passages]
    assert not answers["Who won the football match?"].found.is_answered


def test_names_keep_their_capital():
    assert rehearsal._within("AI learns.") == "AI learns."
    assert rehearsal._within("A model learns.") == "a model learns."


def test_a_question_of_the_quiz_is_pointed_to_its_section(lesson):
    quiz = QuizFactory(lesson=lesson)
    QuestionFactory(quiz=quiz, stem="Why does bread rise?", passages=["big-idea-1"])

    assert rehearsed(lesson)["Why is it that bread rises?"].section == "The big idea"


def test_there_are_twenty_at_most(lesson):
    lesson.key_terms = [
        {"id": f"t{n}", "name": f"term {n}", "definition": "…"} for n in range(40)
    ]

    assert len(rehearsal.of(lesson)) == 20


def test_only_teachers_rehearse(htmx, lesson, teacher, student):
    url = reverse("tutor:rehearse", args=[lesson.slug])
    htmx.force_login(student)
    assert htmx.get(url).status_code == 404
    htmx.force_login(teacher)

    page = htmx.get(url)

    assertContains(page, "What students would be answered")
    assertContains(page, f'href="{lesson.get_absolute_url()}#big-idea-1"')
    assertContains(page, "The lesson does not say.")


def test_a_rehearsal_shows_no_key(htmx, lesson, teacher):
    QuestionFactory(
        quiz=QuizFactory(lesson=lesson),
        stem="Why does bread rise?",
        explanation="Gas lifts it.",
        passages=["big-idea-1"],
    )
    htmx.force_login(teacher)

    page = htmx.get(reverse("tutor:rehearse", args=[lesson.slug]))

    assertNotContains(page, "Gas lifts it.")
