import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from quizzes import disputes
from quizzes.models import Correction, Dispute, Question, Response
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    QuestionFactory,
    UserFactory,
)
from tests.quizzes.answered import answer_in, answered, contest, mark_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def question():
    return QuestionFactory(short=True, key="q1", stem="What is more training called?")


@pytest.fixture
def wrong(question, student):
    """The student's own answer, marked as wrong."""
    (response,) = answered(question, ["training more"], student=student)
    return response


def raise_url(response):
    return reverse("quizzes:raise_dispute", args=[response.pk])


def say(client, response, why="It is the same.", **data):
    return client.post(raise_url(response), {f"{response.pk}-why": why} | data)


def settle(client, dispute, decision, word=""):
    return client.post(dispute.get_absolute_url(), {"decision": decision, "word": word})


def test_a_student_says_that_an_answer_is_right_and_is_back_at_it(htmx, student, wrong):
    htmx.force_login(student)
    page = htmx.get(wrong.attempt.get_absolute_url())
    assertContains(page, "I think I am right</summary>")

    answer = say(htmx, wrong)

    assertRedirects(answer, wrong.attempt.get_absolute_url())
    assert Dispute.objects.get(response=wrong).why == "It is the same."
    page = htmx.get(wrong.attempt.get_absolute_url())
    assertContains(page, "sent. Somebody will look at your answer.")
    assertNotContains(page, "I think I am right</summary>")


@pytest.mark.parametrize(
    ("sent", "query"),
    [
        ({"question": "1"}, "?question=1"),
        ({"view": "all"}, "?view=all"),
        ({"question": "no number"}, ""),
    ],
)
def test_from_a_card_one_comes_back_to_the_card(client, student, wrong, sent, query):
    client.force_login(student)

    answer = say(client, wrong, **sent)

    assertRedirects(answer, wrong.attempt.get_absolute_url() + query)


def test_from_a_check_question_one_comes_back_to_it(client, student):
    question = QuestionFactory(short=True, in_the_text=True, key="c1")
    (wrong,) = answered(question, ["no"], student=student, check=True)
    client.force_login(student)
    url = reverse("quizzes:check", args=[question.quiz.slug, "c1"])
    assertContains(client.get(url), "I think I am right</summary>")

    assertRedirects(say(client, wrong), url)

    assertContains(client.get(url), "sent. Somebody will look at your answer.")


def test_a_check_answer_that_was_accepted_stands_where_it_was_given(
    client, student, admin
):
    question = QuestionFactory(short=True, in_the_text=True, key="c1")
    (wrong,) = answered(question, ["no"], student=student, check=True)
    disputes.accept(dispute=contest(wrong), by=admin, word="Well seen.")
    mark_all()
    client.force_login(student)

    page = client.get(wrong.get_absolute_url())

    assertContains(page, "That is right.")
    assertContains(page, "Well seen.")


def test_without_a_reason_nothing_is_sent(client, student, wrong):
    client.force_login(student)

    answer = say(client, wrong, "  ")

    assertContains(answer, "Say in a few words why you think so.", status_code=422)
    assertContains(answer, "<details open>", status_code=422)
    assert Dispute.objects.count() == 0


def test_a_reason_of_any_length_gets_an_answer(client, student, wrong):
    client.force_login(student)

    answer = say(client, wrong, "a" * 100_000)

    assertContains(answer, "Use 500 characters at most", status_code=422)
    assert Dispute.objects.count() == 0


def test_a_second_time_changes_nothing(client, student, wrong):
    client.force_login(student)
    say(client, wrong, "First.")

    answer = say(client, wrong, "Second.")

    assertContains(answer, "You have said this before.", status_code=409)
    assert Dispute.objects.get().why == "First."


def test_only_so_many_answers_of_a_student_wait_at_a_time(
    client, student, question, wrong
):
    words = [[f"word {number}"] for number in range(disputes.MOST_OPEN)]
    waiting = [contest(row) for row in answered(question, *words, student=student)]
    client.force_login(student)

    answer = say(client, wrong)

    assertContains(answer, "10 of your answers are waiting", status_code=409)
    assert not Dispute.objects.filter(response=wrong).exists()
    disputes.decline(dispute=waiting[0], by=UserFactory(admin=True), word="No.")
    assert say(client, wrong).status_code == 302


def test_a_right_answer_is_not_contested(client, student, question):
    (right,) = answered(question, ["fine-tuning"], student=student)
    client.force_login(student)
    assertNotContains(
        client.get(right.attempt.get_absolute_url()), "I think I am right"
    )

    answer = say(client, right)

    assertContains(answer, "has all its points", status_code=409)
    assert Dispute.objects.count() == 0


def hidden_until_released(response):
    response.attempt.marks_shown_at = None
    response.attempt.save()


def not_marked(response):
    response.marked_at = None
    response.save()


def not_counting(response):
    response.counts = False
    response.save()


def of_somebody_else(response):
    response.attempt.student = UserFactory()
    response.attempt.save()


@pytest.mark.parametrize(
    "hide", [hidden_until_released, not_marked, not_counting, of_somebody_else]
)
def test_what_is_not_shown_to_one_cannot_be_contested(client, student, wrong, hide):
    hide(wrong)
    client.force_login(student)

    assert say(client, wrong).status_code == 404
    assert Dispute.objects.count() == 0


def test_a_carried_answer_has_nothing_to_contest(client, question):
    url = reverse("quizzes:start", args=[question.quiz.slug])
    page = client.post(url).content.decode()
    state = page.partition('name="state" value="')[2].partition('"')[0]
    url = reverse("quizzes:answer", args=[question.quiz.slug])

    answer = client.post(url, {"state": state, "question": 1, f"q{question.pk}": "no"})

    assertContains(answer, "Not quite.")
    assertNotContains(answer, "I think I am right")


@pytest.mark.parametrize("count", [1, 12])
def test_a_result_costs_the_same_with_many_disputes(
    htmx, student, admin, django_assert_max_num_queries, count
):
    attempt = AttemptFactory(student=student, handed_in=True, questions=[])
    for number in range(count):
        question = QuestionFactory(short=True, quiz=attempt.quiz, key=f"q{number}")
        attempt.questions.add(question)
        wrong = answer_in(attempt, question, ["no"])
        dispute = contest(wrong)
        if number % 2:
            disputes.accept(dispute=dispute, by=admin)
    mark_all()
    htmx.force_login(student)

    with django_assert_max_num_queries(9):
        htmx.get(attempt.get_absolute_url())


def test_the_result_says_what_came_of_it(client, student, admin, wrong):
    disputes.accept(dispute=contest(wrong), by=admin, word="You read closely.")
    client.force_login(student)
    page = client.get(wrong.attempt.get_absolute_url())
    assertContains(page, "Your points follow in a moment.")

    mark_all()
    page = client.get(wrong.attempt.get_absolute_url())

    assertContains(page, "accepted. Your answer is right.")
    assertContains(page, "You read closely.")
    assertContains(page, "it had 0 and has 1 of its points now")
    assertNotContains(page, "Your points follow")


def test_the_list_shows_groups_with_how_many_are_waiting(client, admin, question):
    for response in answered(question, ["training more"], ["Training more"], ["no"]):
        contest(response)
    client.force_login(admin)

    page = client.get(reverse("quizzes:disputes"))

    assertContains(page, "2 students")
    assertContains(page, "1 student", count=1)
    assertContains(page, "What is more training called?", count=2)


@pytest.mark.parametrize("count", [1, 15])
def test_the_list_costs_the_same_with_many_groups(
    client, admin, question, django_assert_num_queries, count
):
    for response in answered(question, *[[f"word {n}"] for n in range(count)]):
        contest(response)
    client.force_login(admin)

    # Catalogue, session, user, count, groups, examples, look, corrections.
    with django_assert_num_queries(8):
        client.get(reverse("quizzes:disputes"))


@pytest.mark.parametrize("count", [1, 15])
def test_a_group_costs_the_same_with_many_students(
    client, admin, question, django_assert_num_queries, count
):
    responses = answered(question, *[["training more"]] * count)
    dispute, *_others = [contest(response) for response in responses]
    client.force_login(admin)

    # Catalogue, session, user, dispute, group, looks, names, versions, answers, the
    # different ones among them, whose they are.
    with django_assert_num_queries(11):
        page = client.get(dispute.get_absolute_url())

    assertContains(page, f"{count} of {count} past answer")
    assertContains(page, f"Points 0 → 1: {count} answer")


def test_staff_read_no_names_and_a_teacher_those_of_the_class(
    client, admin, teacher, classroom, student, question
):
    assignment = AssignmentFactory(classroom=classroom, quiz=question.quiz)
    (given,) = answered(
        question, ["training more"], student=student, assignment=assignment
    )
    (practised,) = answered(question, ["training more"], student=student)
    in_class, in_practice = contest(given), contest(practised)

    client.force_login(teacher)
    assertContains(client.get(in_class.get_absolute_url()), "Sam")
    assert client.get(in_practice.get_absolute_url()).status_code == 404
    client.force_login(admin)
    page = client.get(in_practice.get_absolute_url())
    assertContains(page, "A student")
    assertNotContains(page, "Sam")
    assert client.get(in_class.get_absolute_url()).status_code == 404


def test_accepting_leads_to_how_far_marking_is(client, admin, wrong):
    dispute = contest(wrong)
    client.force_login(admin)

    answer = settle(client, dispute, "accept", "Well seen.")

    assertRedirects(answer, Correction.objects.get().get_absolute_url())
    dispute.refresh_from_db()
    assert (dispute.state, dispute.word) == ("accepted", "Well seen.")


def test_declining_needs_a_word(client, admin, wrong):
    dispute = contest(wrong)
    client.force_login(admin)

    answer = settle(client, dispute, "decline")

    assertContains(answer, "Say in a few words why it stays wrong.", status_code=422)
    dispute.refresh_from_db()
    assert dispute.state == "open"
    assertRedirects(
        settle(client, dispute, "decline", "It is another step."),
        reverse("quizzes:disputes"),
    )


@pytest.mark.parametrize("sent", [{}, {"decision": "maybe"}])
def test_neither_button_is_no_decision(client, admin, wrong, sent):
    dispute = contest(wrong)
    client.force_login(admin)

    answer = client.post(dispute.get_absolute_url(), sent)

    assertContains(answer, "Press one of the two buttons.", status_code=422)


def test_the_second_to_settle_is_told_who_was_first(client, admin, wrong):
    dispute = contest(wrong)
    disputes.decline(dispute=dispute, by=admin, word="It is another step.")
    client.force_login(UserFactory(admin=True))

    answer = settle(client, dispute, "accept")

    assertContains(answer, "Somebody has settled this already.", status_code=409)
    assertContains(answer, "It is another step.", status_code=409)
    assert Question.objects.count() == 1


def test_an_answer_no_key_can_take_in_says_what_to_do(client, admin):
    (empty,) = answered(QuestionFactory(short=True), [])
    dispute = contest(empty)
    client.force_login(admin)

    answer = settle(client, dispute, "accept")

    assertContains(answer, "Change the question in its file", status_code=409)
    dispute.refresh_from_db()
    assert dispute.state == "open"


def test_an_answer_that_was_replaced_since_is_not_accepted(client, admin, wrong):
    dispute = contest(wrong)
    Response.objects.filter(pk=wrong.pk).update(answer=["asdf"])
    client.force_login(admin)

    answer = settle(client, dispute, "accept")

    assertContains(answer, "Another answer has come in place", status_code=409)
    dispute.refresh_from_db()
    assert dispute.is_open
    assert Question.objects.count() == 1


def test_the_way_to_the_keys_is_shown_to_staff(
    client, admin, teacher, student, classroom, question
):
    given = AssignmentFactory(classroom=classroom, quiz=question.quiz)
    (response,) = answered(question, ["no"], student=student, assignment=given)
    disputes.accept(dispute=contest(response), by=teacher)
    url = reverse("quizzes:disputes")

    client.force_login(teacher)
    assertContains(client.get(url), "An answer was accepted.")
    assertNotContains(client.get(url), "All its keys")
    client.force_login(admin)
    assertContains(client.get(url), "All its keys")
