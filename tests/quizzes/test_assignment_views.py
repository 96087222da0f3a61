from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from quizzes import assignments, closing, grading, late_answers, starting
from quizzes.models import Assignment, Attempt, Response
from tests.factories import (
    AssignmentFactory,
    EnrolmentFactory,
    QuestionFactory,
    QuizFactory,
)

pytestmark = pytest.mark.django_db

RIGHT, WRONG = "The right choice 1", "The wrong choice 1"


@pytest.fixture
def assignment(classroom, teacher):
    quiz = QuizFactory(closed=True)
    QuestionFactory.create_batch(3, quiz=quiz, hint="Think of the wind.")
    return AssignmentFactory(
        classroom=classroom, quiz=quiz, made_by=teacher, by_teacher=True
    )


def url(name, assignment, *more):
    return reverse(f"quizzes:{name}", args=[assignment.pk, *more])


def hand_in(assignment, student, *picks):
    attempt = starting.start_assigned(assignment=assignment, student=student)
    answers = dict(zip(attempt.questions.all(), [[p] for p in picks], strict=False))
    grading.submit_answers(attempt=attempt, answers=answers)
    closing.hand_in(attempt=attempt)
    return attempt


def late_answer(assignment, student):
    attempt = starting.start_assigned(assignment=assignment, student=student)
    question = attempt.questions.first()
    grading.submit_answers(attempt=attempt, answers={question: ["wrong"]})
    Attempt.objects.filter(pk=attempt.pk).update(
        ends_at=timezone.now() - timedelta(seconds=90)
    )
    grading.submit_answers(attempt=attempt, answers={question: ["right"]})
    return attempt.responses.get(is_late=True)


def test_the_rules_stand_there_in_plain_words_and_in_the_classs_time(
    client, assignment, student
):
    classroom = assignment.classroom
    classroom.time_zone = "Asia/Kolkata"
    classroom.save()
    Assignment.objects.update(
        opens_at=datetime(2026, 11, 1, tzinfo=UTC),
        closes_at=datetime(2199, 1, 31, 20, 0, tzinfo=UTC),
        minutes=20,
        attempts_allowed=2,
        has_hints=False,
        is_shuffled=True,
    )
    client.force_login(student)

    response = client.get(url("assignment", assignment))

    for words in (
        "Open until 1 February 2199, 01:30 (Asia/Kolkata).",
        "You have 20 minutes from the moment you start.",
        "You see how it went once your teacher shows the marks.",
        "Up to 2 attempts.",
        "2 attempts left",
        "Without hints.",
        "an order of their own",
    ):
        assertContains(response, words)


def test_starting_leads_to_the_first_question_and_again_to_the_same_attempt(
    client, assignment, student
):
    client.force_login(student)

    first = client.post(url("start_assigned", assignment), follow=True)
    second = client.post(url("start_assigned", assignment))

    assertContains(first, assignment.quiz.questions.first().stem)
    attempt = Attempt.objects.get()
    assertRedirects(second, attempt.get_absolute_url())
    page = client.get(url("assignment", assignment))
    assertContains(page, "Go on: 0 of 3 answered")
    assertContains(page, f'href="{assignment.classroom.get_absolute_url()}"')


def test_what_is_over_cannot_be_started(client, assignment, student):
    over = timezone.now() - timedelta(days=1)
    Assignment.objects.update(opens_at=over - timedelta(days=1), closes_at=over)
    client.force_login(student)

    response = client.post(url("start_assigned", assignment))

    assertContains(response, "This is not open now", status_code=403)
    assert not Attempt.objects.exists()


def test_before_it_opens_it_is_there_for_teachers_alone(
    client, assignment, student, teacher
):
    Assignment.objects.update(opens_at=timezone.now() + timedelta(days=1))
    panel = reverse("quizzes:lesson_panel", args=[assignment.quiz.slug])

    client.force_login(student)
    started = client.post(url("start_assigned", assignment))
    pages = [client.get(url("assignment", assignment)), started]
    assertNotContains(client.get(panel), "It was given to a class of yours")
    client.force_login(teacher)

    assert [page.status_code for page in pages] == [404, 404]
    assert client.get(url("assignment", assignment)).status_code == 200
    assert not Attempt.objects.exists()


def test_without_an_attempt_left_nothing_is_started(client, assignment, student):
    Assignment.objects.update(attempts_allowed=1)
    hand_in(assignment, student, "right")
    client.force_login(student)

    response = client.post(url("start_assigned", assignment))

    assertContains(response, "No attempt is left.", status_code=409)
    assert Attempt.objects.count() == 1


def test_its_teacher_takes_no_attempt_and_is_led_to_the_work(
    client, assignment, teacher
):
    client.force_login(teacher)

    page = client.get(url("assignment", assignment))
    response = client.post(url("start_assigned", assignment))

    assertContains(page, url("assignment_work", assignment))
    assertNotContains(page, url("start_assigned", assignment))
    assert response.status_code == 403
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("who", ["other_student", "other_teacher", "guardian"])
@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("get", "assignment"),
        ("post", "start_assigned"),
        ("get", "assignment_work"),
        ("get", "assignment_print"),
        ("post", "release"),
        ("post", "decide_late"),
    ],
)
def test_it_is_nobodys_business_outside_the_class(
    request, client, assignment, student, who, method, name
):
    late = late_answer(assignment, student)
    client.force_login(request.getfixturevalue(who))
    more = [late.pk] if name == "decide_late" else []
    data = {"decision": "count"}

    response = getattr(client, method)(url(name, assignment, *more), data)

    assert response.status_code == 404
    late.refresh_from_db()
    assert not late.counts
    assert not Assignment.objects.get().released_at


def test_nobody_reaches_the_assignments_of_an_archived_class(
    client, assignment, student, teacher
):
    assignment.classroom.archived_at = timezone.now()
    assignment.classroom.save()

    for person in (student, teacher):
        client.force_login(person)
        for name in ("assignment", "assignment_work"):
            assert client.get(url(name, assignment)).status_code == 404


@pytest.mark.parametrize("students", [1, 30])
def test_the_work_page_costs_the_same_for_any_class(
    client, assignment, teacher, django_assert_max_num_queries, students
):
    for _ in range(students):
        student = EnrolmentFactory(classroom=assignment.classroom).person
        late_answer(assignment, student)
        hand_in(assignment, student, "right", "wrong")
    client.force_login(teacher)

    with django_assert_max_num_queries(16):
        response = client.get(url("assignment_work", assignment))

    assert response.content.decode().count("Count it") == students


@pytest.mark.parametrize("count", [1, 30])
def test_the_panel_and_the_page_cost_the_same_for_any_number(
    client, assignment, student, django_assert_max_num_queries, count
):
    for _ in range(count):
        hand_in(assignment, student, "right")
        other = AssignmentFactory(classroom=assignment.classroom)
        QuestionFactory(quiz=other.quiz)
        assignments.start(assignment=other, student=student)
    client.force_login(student)
    cache.clear()

    with django_assert_max_num_queries(7):
        client.get(reverse("quizzes:assigned"))
    with django_assert_max_num_queries(7):
        client.get(url("assignment", assignment))


def test_the_work_page_names_everybody_and_how_far_they_are(
    client, assignment, student, classmate, teacher
):
    hand_in(assignment, student, "right", "wrong")
    assignments.start(assignment=assignment, student=classmate)
    EnrolmentFactory(classroom=assignment.classroom, person__display_name="Pat")
    client.force_login(teacher)

    rows = client.get(url("assignment_work", assignment)).content.decode()

    for name, state in [
        ("Sam", "handed in"),
        ("Kim", "0 of 3 answered"),
        ("Pat", "not begun"),
    ]:
        row = rows[rows.index(f">{name}</a>") :].partition("</tr>")[0]
        assert state in row
    assert "1 of 3" in rows


def test_a_late_answer_is_counted_and_left_out_again(
    htmx, assignment, student, teacher
):
    late = late_answer(assignment, student)
    htmx.force_login(teacher)
    decide = url("decide_late", assignment, late.pk)

    page = htmx.get(url("assignment_work", assignment))
    for words in (RIGHT, WRONG, "after the end", "Score with it 1, without it 0"):
        assertContains(page, words)
    counted = htmx.swap("post", decide, "assignment-work", {"decision": "count"})
    score = Attempt.objects.get().score
    htmx.post(decide, {"decision": "leave-out"})

    assertContains(counted, "Leave it out")
    assertNotContains(counted, "<html")
    assert (score, Attempt.objects.get().score) == (1, 0)


@pytest.mark.parametrize("data", [{}, {"decision": ""}, {"decision": "x" * 5000}])
def test_a_decision_that_is_none_changes_nothing(
    client, assignment, student, teacher, data
):
    late = late_answer(assignment, student)
    client.force_login(teacher)

    response = client.post(url("decide_late", assignment, late.pk), data)

    message = "Choose whether the answer counts. Nothing was changed."
    assertContains(response, message, status_code=422)
    late.refresh_from_db()
    assert not late.counts


def test_an_answer_in_time_is_nothing_to_decide(client, assignment, student, teacher):
    late = late_answer(assignment, student)
    in_time = late.attempt.responses.get(is_late=False)
    client.force_login(teacher)

    decide = url("decide_late", assignment, in_time.pk)

    assert client.post(decide, {"decision": "leave-out"}).status_code == 404
    in_time.refresh_from_db()
    assert in_time.counts


def test_a_late_answer_is_shown_as_late_on_the_page_it_comes_back_to(
    htmx, assignment, student
):
    attempt = starting.start_assigned(assignment=assignment, student=student)
    Attempt.objects.update(ends_at=timezone.now() - timedelta(seconds=90))
    htmx.force_login(student)
    question = attempt.questions.all()[1]
    data = {"question": 2, f"q{question.pk}": "right"}
    submit = reverse("quizzes:submit", args=[attempt.pk])

    response = htmx.swap("post", submit, "quiz-card", data)

    assertContains(response, "Your answer to question 2 came after the time was up:")
    assertContains(response, f"<strong>{RIGHT}</strong>")
    assertContains(response, "kept, marked late")
    assertContains(response, "Handed in. Your answers are safe.")
    late_answers.count_late(response=Response.objects.get(), counts=True)
    page = htmx.get(attempt.get_absolute_url())
    assertContains(page, "Your teacher counts it.")


def test_late_answers_on_one_page_are_all_kept(htmx, assignment, student):
    attempt = starting.start_assigned(assignment=assignment, student=student)
    ran_out = timezone.now() - timedelta(seconds=90)
    Attempt.objects.update(ends_at=ran_out, handed_in_at=ran_out)
    htmx.force_login(student)
    data = {f"q{q.pk}": "right" for q in attempt.questions.all()} | {"view": "all"}

    htmx.post(reverse("quizzes:submit", args=[attempt.pk]), data)

    assert Response.objects.filter(is_late=True).count() == 3


def test_home_lists_what_is_assigned_and_nothing_where_there_is_nothing(
    htmx, assignment, student, other_student
):
    panel = reverse("quizzes:assigned")
    htmx.force_login(student)
    assertContains(htmx.get("/"), f'hx-get="{panel}"')

    fragment, element = htmx.fragment_and_element(panel, "assigned")
    assert fragment == element
    assertContains(htmx.get(panel), assignment.quiz.title)
    htmx.force_login(other_student)

    empty = htmx.swap("get", panel, "assigned").content.decode()
    assert "".join(empty.split()) == '<sectionid="assigned"hidden></section>'


def test_the_panel_says_how_far_it_is_but_no_score_before_it_is_shown(
    client, assignment, student
):
    panel = reverse("quizzes:assigned")
    client.force_login(student)
    assertContains(client.get(panel), "not begun")
    attempt = assignments.start(assignment=assignment, student=student)
    assertContains(client.get(panel), "0 of 3 answered")
    closing.hand_in(attempt=attempt)
    assertContains(client.get(panel), "handed in")
    assertNotContains(client.get(panel), "points")

    assignments.release(assignment=assignment)

    assertContains(client.get(panel), "0 of 3 points")


def test_the_sheet_and_key_of_a_closed_quiz_are_for_the_teachers_of_its_class(
    client, assignment, teacher, other_teacher, student, admin
):
    key = reverse("quizzes:key", args=[assignment.quiz.slug])
    sheet = url("assignment_print", assignment)

    def statuses(person):
        client.force_login(person)
        return client.get(sheet).status_code, client.get(key).status_code

    assert statuses(teacher) == (200, 200)
    assert statuses(other_teacher) == (404, 404)
    assert statuses(admin) == (404, 200)
    assert statuses(student) == (404, 403)


def test_the_sheet_of_a_closed_quiz_tells_nothing_of_its_key(
    client, assignment, teacher
):
    client.force_login(teacher)
    question = assignment.quiz.questions.first()

    sheet = client.get(url("assignment_print", assignment))
    key = client.get(reverse("quizzes:key", args=[assignment.quiz.slug]))

    assertContains(sheet, question.stem)
    assertNotContains(sheet, question.explanation)
    assertContains(key, question.explanation)
    assertContains(key, url("assignment_print", assignment))
