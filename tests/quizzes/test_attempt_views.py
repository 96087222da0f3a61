"""Sending an answer at the wrong moment, to the wrong place, or once more."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from quizzes import starting
from quizzes.models import Attempt, Response, ReviewCard
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    EnrolmentFactory,
    QuestionFactory,
    QuizFactory,
    SyncBatchFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
CLOSED = "You have handed this in already. Nothing was changed."


@pytest.fixture
def attempt():
    """A sitting of two questions; the choices are keyed right and wrong."""
    quiz = QuizFactory()
    QuestionFactory.create_batch(2, quiz=quiz)
    return starting.start(quiz=quiz, student=UserFactory())


def tab_of(student):
    client = Client()
    client.force_login(student)
    return client


@pytest.fixture
def tab(attempt):
    return tab_of(attempt.student)


def send(client, attempt, number, pick, name="submit", **data):
    question = attempt.questions.all()[number - 1]
    url = reverse(f"quizzes:{name}", args=[attempt.pk])
    return client.post(url, {"question": number, f"q{question.pk}": pick} | data)


def stored():
    models = (Attempt, Response, ReviewCard)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_two_tabs_leave_the_first_answer(attempt, tab):
    other = tab_of(attempt.student)
    for client in (tab, other):
        client.get(attempt.get_absolute_url())

    send(tab, attempt, 1, "wrong")
    before = stored()
    reply = send(other, attempt, 1, "right")

    assertRedirects(reply, f"{attempt.get_absolute_url()}?question=1")
    assertContains(other.get(reply.url), "Not quite.")
    assert stored() == before


def test_the_back_button_and_another_answer_leave_the_first(attempt, tab):
    send(tab, attempt, 1, "wrong")
    send(tab, attempt, 2, "right")
    before = stored()

    reply = send(tab, attempt, 1, "right")

    assertContains(reply, CLOSED, status_code=409)
    assert stored() == before


@pytest.mark.parametrize("number", [1, 2])
def test_what_is_sent_again_after_handing_in_leads_to_its_mark(attempt, tab, number):
    """A reply that got lost, and a form sent a second time."""
    send(tab, attempt, 1, "wrong")
    send(tab, attempt, 2, "right")
    before = stored()

    reply = send(tab, attempt, number, ["wrong", "right"][number - 1])

    assertRedirects(reply, f"{attempt.get_absolute_url()}?question={number}")
    assert stored() == before


def test_a_tab_with_all_questions_adds_what_is_not_answered_yet(attempt, tab):
    first, second = attempt.questions.all()
    send(tab, attempt, 1, "wrong")

    send(tab, attempt, 1, "right", view="all", **{f"q{second.pk}": "right"})

    answers = attempt.responses.values_list("question", "answer")
    assert {(pk, *answer) for pk, answer in answers} == {
        (first.pk, "wrong"),
        (second.pk, "right"),
    }


@pytest.mark.parametrize("name", ["submit", "save", "hand_in", "try_missed"])
def test_to_anybody_else_a_sitting_is_not_there(attempt, name):
    stranger = tab_of(UserFactory())
    before = stored()

    assert send(stranger, attempt, 1, "right", name).status_code == 404
    assert stored() == before


@pytest.mark.parametrize("name", ["submit", "save", "hand_in", "try_missed"])
def test_a_sitting_that_never_was_is_not_there(attempt, tab, name):
    unknown = reverse(f"quizzes:{name}", args=[uuid.uuid4()])
    question = attempt.questions.first()

    reply = tab.post(unknown, {"question": 1, f"q{question.pk}": "right"})

    assertContains(reply, "There is nothing at this address", status_code=404)


def test_the_sitting_of_an_undone_batch_and_of_a_check_are_not_there(attempt):
    undone = SyncBatchFactory(student=attempt.student, undone=True)
    for values in ({"batch": undone, "is_from_device": True}, {"check": True}):
        other = AttemptFactory(student=attempt.student, quiz=attempt.quiz, **values)

        assert send(tab_of(attempt.student), other, 1, "right").status_code == 404
        assert not other.responses.exists()


def test_a_question_of_another_quiz_changes_nothing(attempt, tab):
    stray = QuestionFactory()
    before = stored()

    reply = send(tab, attempt, 1, "right", **{f"q{stray.pk}": "right"})

    assertContains(reply, "not part of this quiz", status_code=422)
    assert stored() == before


@pytest.mark.parametrize(
    "name", [f"q{'9' * 18}", f"q{'9' * 19}", f"q{'9' * 500}", "q0", "q-1", "qx", "q"]
)
def test_a_field_that_is_no_question_changes_nothing(attempt, tab, name):
    before = stored()
    url = reverse("quizzes:submit", args=[attempt.pk])

    reply = tab.post(url, {"question": 1, name: "right"})

    assert reply.status_code == 422
    assert stored() == before


def test_a_thousand_fields_are_a_message(attempt, tab):
    fields = {f"q{number}": "right" for number in range(10_000, 10_900)}
    url = reverse("quizzes:submit", args=[attempt.pk])

    reply = tab.post(url, {"view": "all"} | fields)

    assertContains(reply, "not part of this quiz", status_code=422)
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    "number", ["0", "3", "999", "-1", "1e999", "NaN", "", "1" * 5000]
)
def test_a_number_that_is_no_question_is_no_matter(attempt, tab, number):
    question = attempt.questions.first()
    url = reverse("quizzes:submit", args=[attempt.pk])

    reply = tab.post(url, {"question": number, f"q{question.pk}": "right"}, follow=True)

    assert reply.status_code == 200
    assert attempt.responses.get().answer == ["right"]


def test_an_answer_after_the_time_is_kept_as_late_and_changes_no_mark():
    assignment = AssignmentFactory(quiz__closed=True, minutes=10)
    QuestionFactory.create_batch(2, quiz=assignment.quiz)
    student = EnrolmentFactory(classroom=assignment.classroom).person
    attempt = starting.start_assigned(assignment=assignment, student=student)
    tab = tab_of(student)
    send(tab, attempt, 1, "right")
    ended = timezone.now() - timedelta(minutes=5)
    Attempt.objects.update(ends_at=ended)
    Response.objects.update(answered_at=ended, marked_at=ended)
    marked = Response.objects.values().get()

    again, late = (send(tab, attempt, number, "wrong") for number in (1, 2))

    assertContains(again, CLOSED, status_code=409)
    assertContains(tab.get(late.url), "late")
    assert Response.objects.filter(is_late=False).values().get() == marked
    attempt.refresh_from_db()
    assert attempt.score == 1


def test_a_mark_is_in_no_page_before_the_answer(attempt, tab):
    question = attempt.questions.first()
    page = tab.get(attempt.get_absolute_url())

    assertNotContains(page, question.explanation)
    assertContains(send_and_follow(tab, attempt), question.explanation)


def send_and_follow(tab, attempt):
    return tab.get(send(tab, attempt, 1, "right").url)
