import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories import ChoiceFactory, QuestionFactory, QuizFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz():
    quiz = QuizFactory()
    for number in range(2):
        question = QuestionFactory(quiz=quiz, key=f"q{number}")
        ChoiceFactory(question=question, position=1, text=f"No {number}")
        ChoiceFactory(question=question, position=2, text=f"Yes {number}", right=True)
    return quiz


def url(name, quiz):
    return reverse(f"quizzes:{name}", args=[quiz.slug])


def test_a_sheet_has_letters_and_an_address_and_no_answers(client, quiz):
    page = client.get(url("print", quiz))

    assertContains(page, '<span class="letter">A</span> No 0')
    assertContains(page, '<span class="letter">B</span> Yes 0')
    assertContains(page, f"http://testserver{quiz.get_absolute_url()}")
    for question in quiz.questions.all():
        assertNotContains(page, question.explanation)
        assertNotContains(page, question.choices.first().why)


def test_the_key_is_on_its_own_sheet_for_teachers(client, quiz, teacher):
    client.force_login(teacher)

    page = client.get(url("key", quiz))

    assertContains(page, '<strong class="letter">B</strong> Yes 0')
    assertNotContains(page, "No 0")


def test_the_key_is_refused_to_everyone_else(client, quiz, student, admin):
    for person in (student, admin):
        client.force_login(person)

        assertNotContains(client.get(url("key", quiz)), "Yes 0", status_code=403)


@pytest.mark.parametrize("count", [1, 40])
def test_a_sheet_costs_three_queries_whatever_its_size(
    client, django_assert_num_queries, count
):
    quiz = QuizFactory()
    for number in range(count):
        question = QuestionFactory(quiz=quiz, key=f"q{number}")
        ChoiceFactory(question=question, position=1)
    client.get(url("print", quiz), {"again": ""})

    with django_assert_num_queries(3):
        client.get(url("print", quiz), {"again": "1"})
