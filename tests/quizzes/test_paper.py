import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from quizzes.models import Quiz
from tests.factories import (
    AssignmentFactory,
    QuestionFactory,
    QuizFactory,
    two_choices,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz():
    quiz = QuizFactory()
    for number in range(2):
        body = two_choices("yes", f"Yes {number}", "no", f"No {number}")
        QuestionFactory(quiz=quiz, key=f"q{number}", body=body)
    return quiz


def url(name, quiz):
    return reverse(f"quizzes:{name}", args=[quiz.slug])


def letter_of(text, page):
    letter = re.compile(rf'class="letter">([A-Z])</\w+>\s*<span>{text}</span>')
    return letter.search(page.content.decode())[1]


def test_a_sheet_has_letters_and_an_address_and_no_answers(client, quiz):
    page = client.get(url("print", quiz))

    assert {letter_of("Yes 0", page), letter_of("No 0", page)} == {"A", "B"}
    assertContains(page, f"http://testserver{quiz.get_absolute_url()}")
    for question in quiz.questions.all():
        assertNotContains(page, question.explanation)
        assertNotContains(page, question.body["choices"][1]["why"])


def test_the_key_is_on_its_own_sheet_for_teachers(client, quiz, teacher):
    client.force_login(teacher)

    page = client.get(url("key", quiz))

    sheet = client.get(url("print", quiz))
    for text in ("Yes 0", "Yes 1"):
        assert letter_of(text, page) == letter_of(text, sheet)
    assertNotContains(page, "No 0")


def test_the_key_is_refused_to_everyone_else(client, quiz, student, admin):
    for person in (student, admin):
        client.force_login(person)

        assertNotContains(client.get(url("key", quiz)), "Yes 0", status_code=403)


@pytest.mark.parametrize("access", Quiz.Access)
def test_of_picked_questions_the_sheet_and_its_key_have_these_alone(
    client, quiz, classroom, teacher, access
):
    Quiz.objects.update(access=access)
    first, other = quiz.questions.all()
    assignment = AssignmentFactory(
        classroom=classroom, quiz=quiz, question_keys=[first.key]
    )
    client.force_login(teacher)

    sheet = client.get(reverse("quizzes:assignment_print", args=[assignment.pk]))
    address = f"{url('key', quiz)}?assignment={assignment.pk}"
    key = client.get(address)

    assertContains(sheet, f'href="{address}"')
    for page in (sheet, key):
        assertContains(page, first.stem)
        assertNotContains(page, other.stem)


@pytest.mark.parametrize("count", [1, 40])
def test_a_sheet_costs_two_queries_whatever_its_size(
    client, django_assert_num_queries, count
):
    quiz = QuizFactory()
    for number in range(count):
        QuestionFactory(quiz=quiz, key=f"q{number}")
    client.get(url("print", quiz), {"again": ""})

    with django_assert_num_queries(2):
        client.get(url("print", quiz), {"again": "1"})
