from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from quizzes import closing, starting
from quizzes.models import Attempt, Response
from tests.factories import (
    AssignmentFactory,
    EnrolmentFactory,
    QuestionFactory,
    QuizFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["at_once", "at_end"])
def attempt(request):
    quiz = QuizFactory(closed=True)
    QuestionFactory.create_batch(2, quiz=quiz)
    QuestionFactory(quiz=quiz, short=True)
    assignment = AssignmentFactory(quiz=quiz, feedback=request.param)
    student = EnrolmentFactory(classroom=assignment.classroom).person
    return starting.start_assigned(assignment=assignment, student=student)


@pytest.fixture
def phone(attempt):
    return device_of(attempt)


@pytest.fixture
def laptop(attempt):
    return device_of(attempt)


def device_of(attempt):
    client = Client()
    client.force_login(attempt.student)
    return client


def send(client, name, attempt, number, pick):
    question = attempt.questions.all()[number - 1]
    data = {"question": number, f"q{question.pk}": pick}
    return client.post(reverse(f"quizzes:{name}", args=[attempt.pk]), data)


def page(client, attempt, number):
    return client.get(attempt.get_absolute_url(), {"question": number})


def test_what_is_filled_in_waits_on_another_device_without_a_mark(
    attempt, phone, laptop
):
    saved = send(phone, "save", attempt, 1, "wrong")

    question = attempt.questions.first()
    resumed = page(laptop, attempt, 1)
    picked = f'id="q{question.pk}-wrong"\n          checked'
    assertContains(saved, "Saved")
    assertContains(resumed, picked)
    assertNotContains(resumed, question.explanation)
    assert Response.objects.get().marked_at is None


def test_typed_text_waits_too(attempt, phone, laptop):
    send(phone, "save", attempt, 3, "fine-tu")

    assertContains(page(laptop, attempt, 3), 'value="fine-tu"')


def test_the_last_thing_filled_in_is_what_is_kept(attempt, phone, laptop):
    send(phone, "save", attempt, 1, "wrong")
    send(laptop, "save", attempt, 1, "right")

    response = Response.objects.get()
    assert response.answer == ["right"]
    assert [before["answer"] for before in response.history] == [["wrong"]]


def test_a_save_that_comes_after_the_check_is_passed_over(attempt, phone):
    send(phone, "submit", attempt, 1, "wrong")
    if attempt.rules["feedback"] == "at_end":
        closing.hand_in(attempt=attempt)

    late = send(phone, "save", attempt, 1, "right")

    assert late.status_code == (409 if attempt.rules["feedback"] == "at_end" else 200)
    assert [(r.answer, r.points) for r in Response.objects.all()] == [(["wrong"], 0)]


def test_after_handing_in_nothing_is_saved(attempt, phone):
    closing.hand_in(attempt=attempt)

    assert send(phone, "save", attempt, 1, "right").status_code == 409
    assert not Response.objects.exists()


def test_what_is_saved_counts_once_it_is_handed_in(attempt, phone):
    send(phone, "save", attempt, 1, "right")

    send(phone, "hand_in", attempt, 2, "")

    attempt.refresh_from_db()
    assert attempt.score == 1


def test_what_is_saved_after_the_time_is_told_to_be_late(attempt, phone):
    assertContains(send(phone, "save", attempt, 1, "right"), "Saved")
    Attempt.objects.update(ends_at=timezone.now() - timedelta(minutes=2))

    for number in (2, 3):
        saved = send(phone, "save", attempt, number, "wrong")

        assertContains(saved, "The time is up: kept, marked late")
    assert Response.objects.filter(is_late=True).count() == 2


@pytest.mark.parametrize("pick", ["nonsense", "x" * 100_000])
def test_what_has_no_shape_yet_is_told_not_to_be_saved(attempt, phone, pick):
    send(phone, "save", attempt, 1, "right")

    response = send(phone, "save", attempt, 1, pick)

    assertContains(response, "Not saved yet, since it is not complete: question 1")
    assert Response.objects.get().answer == ["right"]


@pytest.mark.parametrize("sent", [{}, {"again": ""}], ids=["unpicked", "emptied"])
def test_what_is_taken_back_counts_no_more(attempt, phone, sent):
    send(phone, "save", attempt, 1, "right")
    name = f"q{attempt.questions.all()[0].pk}"
    data = {"question": 1} | ({name: ""} if sent else {})

    saved = phone.post(reverse("quizzes:save", args=[attempt.pk]), data)
    closing.hand_in(attempt=attempt)

    assertContains(saved, "Saved")
    response = Response.objects.get()
    assert (response.answer, response.marked_at, response.points) == ([], None, 0)
    assert response.history[0]["answer"] == ["right"]
    assertContains(phone.get(attempt.get_absolute_url()), "You left this one open.")


def test_what_is_changed_all_the_time_keeps_the_last_tries(attempt, phone):
    for number in range(60):
        send(phone, "save", attempt, 3, f"try {number}")

    history = Response.objects.get().history
    assert [row["answer"] for row in history] == [[f"try {n}"] for n in range(9, 59)]


def test_nobody_saves_into_somebody_elses_attempt(attempt):
    stranger = device_of(
        starting.start(quiz=QuizFactory(), student=EnrolmentFactory().person)
    )

    assert send(stranger, "save", attempt, 1, "right").status_code == 404
    assert not Response.objects.exists()
