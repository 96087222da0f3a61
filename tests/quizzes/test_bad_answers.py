"""What no form of ours sends: a clear message, and nothing is changed."""

import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from quizzes import starting
from quizzes.carrying import to_token
from quizzes.models import Attempt, Question, Response, ReviewCard
from quizzes.sittings import new_sitting
from tests.factories import UserFactory
from tests.quizzes.every_kind import question_of, right

pytestmark = pytest.mark.django_db

LONG = "x" * 100_000
NOT_OURS = "not (one of )?this question"
TOO_MANY = "more than this question asks for"


def keys(*places):
    """What the question calls its own, in the order of its right answer."""
    return lambda question: [right(question)[place] for place in places]


def numbered(*places):
    return lambda question: [
        f"{key}:{place}" for key, place in zip(right(question), places, strict=True)
    ]


def one_line_twice(question):
    first, second = right(question)
    return [first, f"{first.split(':')[0]}:{second.split(':')[1]}"]


BAD = [
    ("single", ["elsewhere"], NOT_OURS),
    ("single", [LONG], NOT_OURS),
    ("single", ["\0"], NOT_OURS),
    ("single", ["a"] * 61, TOO_MANY),
    ("multiple", ["elsewhere"], NOT_OURS),
    ("multiple", [LONG, "a"], NOT_OURS),
    ("true_false", ["maybe"], NOT_OURS),
    ("true_false", ["true", "false"], "Choose one answer only"),
    ("short", ["one", "two"], "Write one answer only"),
    ("short", [LONG], "too long"),
    ("short", ["a\0b"], "control character"),
    ("number", ["1e999"], "Write a number, such as"),
    ("number", ["NaN"], "Write a number, such as"),
    ("number", ["inf"], "Write a number, such as"),
    ("number", ["-Infinity"], "Write a number, such as"),
    ("number", ["3/0"], "Write a number, such as"),
    ("number", ["twelve"], "Write a number, such as"),
    ("number", ["9" * 100_000], "Write a number, such as"),
    ("number", ["60", "61"], "Write one number only"),
    ("order", numbered(1, 1, 2), "have number 1"),
    ("order", numbered(1, 2, ""), "number"),
    ("order", ["elsewhere:1"], NOT_OURS),
    ("order", [LONG], NOT_OURS),
    ("order", keys(0, 0, 1), "."),
    ("match", one_line_twice, "matched twice"),
    ("match", ["elsewhere:nowhere"], NOT_OURS),
    ("match", [LONG], NOT_OURS),
    ("gaps", ["alive", "dead"], "more answers than blanks"),
    ("gaps", [LONG], "too long"),
    ("gaps", ["a\0b"], "Blank 1"),
]


@pytest.fixture(
    params=BAD, ids=[f"{kind}-{number}" for number, (kind, *_) in enumerate(BAD)]
)
def bad(request):
    """A question, what is sent to it, and what the message says."""
    kind, sent, said = request.param
    question = question_of(kind, key="c1")
    return question, sent(question) if callable(sent) else sent, said


def stored():
    models = (Attempt, Response, ReviewCard, Question)
    return [list(model.objects.order_by("pk").values()) for model in models]


def message_in(response, question):
    assert response.status_code == 422
    page = response.content.decode()
    assert f'name="q{question.pk}' in page or f'name="q{question.pk}"' in page
    return re.search(r'class="error"[^>]*role="alert"[^>]*>([^<]+)<', page)[1]


def test_signed_in_it_is_a_message_beside_the_question(client, bad):
    question, sent, said = bad
    student = UserFactory()
    attempt = starting.start(quiz=question.quiz, student=student)
    client.force_login(student)
    before = stored()

    url = reverse("quizzes:submit", args=[attempt.pk])
    response = client.post(url, {"question": 1, f"q{question.pk}": sent})

    assert re.search(said, message_in(response, question))
    assert stored() == before


def test_signed_out_too(client, bad):
    question, sent, said = bad
    token = to_token(new_sitting(question.quiz, [question]))

    url = reverse("quizzes:answer", args=[question.quiz.slug])
    data = {"state": token, "question": 1, f"q{question.pk}": sent}
    response = client.post(url, data)

    assert re.search(said, message_in(response, question))


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_inside_a_lesson_too(client, bad, is_signed_in):
    question, sent, said = bad
    Question.objects.update(in_lesson=True)
    if is_signed_in:
        client.force_login(UserFactory())
    before = stored()

    url = reverse("quizzes:check", args=[question.quiz.slug, "c1"])
    response = client.post(url, {f"q{question.pk}": sent})

    assert re.search(said, message_in(response, question))
    assert stored() == before


def test_beside_one_that_is_in_order_neither_is_kept(client, bad):
    question, sent, said = bad
    other = question_of("single", quiz=question.quiz, key="c2")
    student = UserFactory()
    attempt = starting.start(quiz=question.quiz, student=student)
    client.force_login(student)

    url = reverse("quizzes:submit", args=[attempt.pk])
    picks = {f"q{question.pk}": sent, f"q{other.pk}": right(other)}
    response = client.post(url, {"view": "all"} | picks)

    assert re.search(said, message_in(response, question))
    assert not Response.objects.exists()
    assertContains(response, "checked", status_code=422)
