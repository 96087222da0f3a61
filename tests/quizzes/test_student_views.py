import re
import uuid

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from quizzes import starting
from quizzes.models import Attempt, Response
from tests.factories import QuestionFactory, QuizFactory, UserFactory, two_choices

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz():
    quiz = QuizFactory()
    for number in (1, 2, 3):
        QuestionFactory(
            quiz=quiz,
            key=f"q{number}",
            hint=f"Think of {number}.",
            body=two_choices("right", f"Yes {number}", "wrong", f"No {number}"),
        )
    return quiz


@pytest.fixture
def questions(quiz):
    return list(quiz.questions.all())


@pytest.fixture
def attempt(quiz, htmx):
    student = UserFactory()
    htmx.force_login(student)
    return starting.start(quiz=quiz, student=student)


def url(name, quiz):
    return reverse(f"quizzes:{name}", args=[quiz.slug])


def state_in(response):
    """The signed state that a signed-out reader's page carries."""
    return re.search(r'name="state" value="([^"]+)"', response.content.decode())[1]


def start_signed_out(htmx, quiz, **data):
    return htmx.post(url("start", quiz), data)


def submit_url(attempt):
    return reverse("quizzes:submit", args=[attempt.pk])


def send(client, attempt, number, pick, **data):
    question = attempt.questions.all()[number - 1]
    sent = {"question": number, f"q{question.pk}": pick} | data
    return client.post(submit_url(attempt), sent, follow=True)


def test_the_first_page_says_how_many_questions_and_where_answers_go(htmx, quiz):
    response = htmx.get(url("quiz", quiz))

    assertContains(response, "3 questions about this lesson")
    assertContains(response, "saved in this browser")


def test_starting_shows_the_first_question_only(htmx, quiz, questions):
    htmx.force_login(UserFactory())

    response = htmx.swap("post", url("start", quiz), "quiz-card")

    assertContains(response, questions[0].stem)
    assertNotContains(response, questions[1].stem)
    assertNotContains(response, "<html")


def test_a_first_page_with_an_open_attempt_leads_back_into_it(htmx, attempt):
    send(htmx, attempt, 1, "right")

    response = htmx.get(url("quiz", attempt.quiz))

    assertContains(response, "Go on: 1 answered so far")


@pytest.mark.parametrize("view", ["", "all"])
def test_nothing_on_the_page_tells_right_from_wrong_before_an_answer(
    htmx, quiz, questions, view
):
    question = questions[0]
    response = start_signed_out(htmx, quiz, view=view)
    page = response.content.decode()

    for secret in (question.explanation, question.hint, "is-right", "right answer"):
        assert secret not in page
    for choice in question.body["choices"]:
        assert not choice["why"] or choice["why"] not in page
    # With the keys and texts taken out, the choices are the same but for a number.
    shapes = {
        re.sub(r"(right|wrong|Yes|No) ?1?|_\d", "", each)
        for each in re.findall(r"<label class=\"choice\".*?</label>", page, re.S)
        if f"q{question.pk}" in each
    }
    assert len(shapes) == 1


def test_an_answer_comes_back_marked_with_the_reason_and_the_place(
    htmx, attempt, questions
):
    questions[0].passages = ["idea-0a0a0a"]
    questions[0].save()

    response = send(htmx, attempt, 1, "wrong")

    assertContains(response, "Not quite.")
    assertContains(response, questions[0].body["choices"][1]["why"])
    assertContains(response, questions[0].explanation)
    assertContains(response, f"{attempt.quiz.lesson.get_absolute_url()}#idea-0a0a0a")


def test_an_answer_redirects_and_the_fragment_follows(htmx, attempt, questions):
    response = htmx.swap(
        "post",
        submit_url(attempt),
        "quiz-card",
        {"question": 1, f"q{questions[0].pk}": "right"},
    )

    assertRedirects(response, f"{attempt.get_absolute_url()}?question=1")
    assertContains(response, "That is right.")
    assertNotContains(response, "<html")


def test_a_form_sent_again_changes_no_mark(htmx, attempt):
    send(htmx, attempt, 1, "wrong")

    response = send(htmx, attempt, 1, "right")

    assertContains(response, "Not quite.")
    assert [r.answer for r in attempt.responses.all()] == [["wrong"]]


def test_the_last_answer_leads_to_the_result(htmx, attempt):
    send(htmx, attempt, 1, "right")
    send(htmx, attempt, 2, "wrong")
    response = send(htmx, attempt, 3, "right")
    assertContains(response, "See how it went")

    result = htmx.get(attempt.get_absolute_url())

    assertContains(result, "<strong>2</strong> of 3 points", html=False)
    assertContains(result, "Try it again")


def test_all_questions_on_one_page_take_the_answers_that_are_there(htmx, attempt):
    first, second, third = attempt.questions.all()
    data = {
        "view": "all",
        f"q{first.pk}": "right",
        f"q{third.pk}": "wrong",
    }

    response = htmx.post(submit_url(attempt), data, follow=True)

    assertRedirects(response, f"{attempt.get_absolute_url()}?view=all")
    assert {r.question for r in attempt.responses.all()} == {first, third}
    assertContains(response, f'name="q{second.pk}"')
    assertNotContains(response, f'name="q{first.pk}"')


def test_no_choice_is_a_message_and_not_an_answer(htmx, attempt):
    response = htmx.post(submit_url(attempt), {"question": 1})

    assertContains(response, "Give an answer first.", status_code=422)
    assert not attempt.responses.exists()


def test_a_choice_that_is_not_there_is_a_message(htmx, attempt):
    response = send(htmx, attempt, 1, "elsewhere")

    assertContains(response, "not one of this question", status_code=422)
    assert not attempt.responses.exists()


def test_a_question_of_another_quiz_is_a_message(htmx, attempt):
    stray = QuestionFactory()

    response = htmx.post(
        submit_url(attempt),
        {"question": 1, f"q{stray.pk}": "right"},
    )

    assertContains(response, "not part of this quiz", status_code=422)
    assert not attempt.responses.exists()


def test_an_attempt_of_somebody_else_is_not_found(htmx, attempt):
    htmx.force_login(UserFactory())

    assert htmx.get(attempt.get_absolute_url()).status_code == 404
    assert send(htmx, attempt, 1, "right").status_code == 404
    assert not attempt.responses.exists()


def test_an_expired_session_brings_the_choice_back_after_sign_in(htmx, attempt):
    htmx.logout()
    first = attempt.questions.first()

    response = htmx.post(
        submit_url(attempt),
        {"question": 1, f"q{first.pk}": "right"},
    )
    htmx.force_login(attempt.student)
    back = htmx.get(f"{attempt.get_absolute_url()}?q{first.pk}=right")

    expected = f"{attempt.get_absolute_url()}?q{first.pk}=right"
    assertRedirects(
        response,
        reverse("account_login")
        + "?next="
        + expected.replace("?", "%3F").replace("=", "%3D"),
        fetch_redirect_response=False,
    )
    assert re.search(r'value="right"[^>]*checked', back.content.decode())
    assert not attempt.responses.exists()


def test_an_expired_session_moves_the_whole_page_not_the_card(htmx, attempt):
    htmx.logout()

    response = htmx.swap("post", submit_url(attempt), "quiz-card", {"question": 1})

    assert response.headers["HX-Redirect"].startswith(reverse("account_login"))


def test_signed_out_the_mark_comes_in_the_same_reply_and_nothing_is_stored(
    htmx, quiz, questions
):
    state = state_in(start_signed_out(htmx, quiz))

    response = htmx.post(
        url("answer", quiz),
        {"state": state, "question": 1, f"q{questions[0].pk}": "right"},
    )

    assertContains(response, "That is right.")
    assert not Attempt.objects.exists()
    assert not Response.objects.exists()
    assert "sessionid" not in htmx.cookies


def test_signed_out_a_quiz_can_be_taken_to_its_result(htmx, quiz, questions):
    response = start_signed_out(htmx, quiz)
    for number, question in enumerate(questions, start=1):
        pick = "wrong" if number == 2 else "right"
        response = htmx.post(
            url("answer", quiz),
            {"state": state_in(response), "question": number, f"q{question.pk}": pick},
        )
        following = number + 1 if number < 3 else 0
        response = htmx.post(
            url("answer", quiz), {"state": state_in(response), "show": following}
        )

    assertContains(response, "<strong>2</strong> of 3 points", html=False)


def test_signed_out_the_page_tells_the_device_what_was_answered(htmx, quiz, questions):
    state = state_in(start_signed_out(htmx, quiz))
    data = {"state": state, "question": 1, f"q{questions[0].pk}": "right"}

    response = htmx.post(url("answer", quiz), data)

    assertContains(response, "data-answered=")
    assertContains(response, "&quot;question&quot;: &quot;q1&quot;")


def test_signed_in_the_page_tells_the_device_nothing(htmx, attempt):
    response = send(htmx, attempt, 1, "right")

    assertNotContains(response, "data-answered")


def test_a_state_that_was_tampered_with_starts_over_with_a_word(htmx, quiz):
    state = state_in(start_signed_out(htmx, quiz))

    response = htmx.post(url("answer", quiz), {"state": state + "x", "question": 1})

    assertContains(response, "Start it again", status_code=400)


def test_a_hint_shows_on_request_and_is_noted(htmx, attempt):
    first = attempt.questions.first()
    data = {"question": 1, "hint": first.pk}

    response = htmx.post(submit_url(attempt), data, follow=True)
    send(htmx, attempt, 1, "right")

    assertContains(response, "Think of 1.")
    assert attempt.responses.get().with_hint


def test_a_hint_leaves_what_was_picked(htmx, attempt):
    first = attempt.questions.first()

    response = send(htmx, attempt, 1, "wrong", hint=first.pk)

    assertContains(response, "checked", 1)
    htmx.logout()
    state = state_in(start_signed_out(htmx, attempt.quiz))
    data = {"state": state, "question": 1, "hint": first.pk, f"q{first.pk}": "wrong"}
    assertContains(htmx.post(url("answer", attempt.quiz), data), "checked", 1)


def test_a_hint_works_signed_out(htmx, quiz, questions):
    state = state_in(start_signed_out(htmx, quiz))

    response = htmx.post(
        url("answer", quiz), {"state": state, "question": 1, "hint": questions[0].pk}
    )

    assertContains(response, "Think of 1.")


def test_trying_again_asks_in_another_order(htmx, attempt):
    for number in (1, 2, 3):
        send(htmx, attempt, number, "right")

    htmx.post(url("start", attempt.quiz))

    again = Attempt.objects.exclude(pk=attempt.pk).get()
    assert again.seed != attempt.seed


def test_a_retired_quiz_is_on_no_public_page(htmx):
    for quiz in (QuizFactory(retired=True), QuizFactory(retired=True, closed=True)):
        assert htmx.get(url("quiz", quiz)).status_code == 404
        assert htmx.post(url("start", quiz)).status_code == 404
        assert htmx.post(url("answer", quiz)).status_code == 404


def test_an_unknown_attempt_is_not_found(htmx, attempt):
    unknown = reverse("quizzes:attempt", args=[uuid.uuid4()])

    assert htmx.get(unknown).status_code == 404


@pytest.mark.parametrize("number", ["0", "99", "-1", "x", "1" * 5000])
def test_a_number_that_is_no_question_shows_the_first_open_one(htmx, attempt, number):
    response = htmx.get(attempt.get_absolute_url(), {"question": number})

    assertContains(response, attempt.questions.first().stem)


@pytest.mark.parametrize("count", [1, 30])
def test_answering_costs_the_same_whatever_the_size(
    htmx, django_assert_max_num_queries, count
):
    quiz = QuizFactory()
    for number in range(count):
        QuestionFactory(quiz=quiz, key=f"q{number}")
    student = UserFactory()
    htmx.force_login(student)
    attempt = starting.start(quiz=quiz, student=student)
    data = {"question": 1, f"q{quiz.questions.first().pk}": "right"}

    with django_assert_max_num_queries(16):
        response = htmx.post(submit_url(attempt), data)
    with django_assert_max_num_queries(8):
        htmx.get(response.url)
