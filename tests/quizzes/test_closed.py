"""A quiz that only teachers give out: what no public page shows or marks."""

import json
import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from lessons.models import SyncBatch
from quizzes import assignments, closing, grading, review, starting
from quizzes.models import Attempt, Quiz, Response, ReviewCard
from quizzes.stored_sittings import sitting_of
from tests.factories import (
    AssignmentFactory,
    CatalogueFactory,
    PassageFactory,
    QuestionFactory,
    QuizFactory,
    ReviewCardFactory,
    two_choices,
)

pytestmark = pytest.mark.django_db

# Each stands in nothing but one question.
SECRETS = ["lifts-a-kite", "wind-below-it", "leans-on-the-air"]


@pytest.fixture
def quiz():
    """Practice so far: two questions at the end and one in the text."""
    CatalogueFactory()
    quiz = QuizFactory(title="How kites fly", lesson__html="<p>Kites.</p>")
    PassageFactory(section__lesson=quiz.lesson)
    texts = ("wind00", "wind-below-it", "string", "A string")
    QuestionFactory(quiz=quiz, key="q1", body=two_choices(*texts))
    QuestionFactory(
        quiz=quiz,
        key="q2",
        stem="What lifts-a-kite?",
        body=two_choices(*texts),
        explanation="It leans-on-the-air.",
    )
    QuestionFactory(quiz=quiz, key="c1", in_the_text=True)
    return quiz


@pytest.fixture
def close(quiz):
    def close():
        Quiz.objects.filter(pk=quiz.pk).update(access=Quiz.Access.CLOSED)
        quiz.refresh_from_db()
        return quiz

    return close


def addresses(quiz):
    """All that is public or practice and could show a quiz, by GET."""
    of_quiz = ["quiz", "lesson_panel", "print"]
    mine = ["results", "review", "review_sheet", "mastery", "news", "assigned"]
    lesson = quiz.lesson.slug
    return [
        *(reverse(f"quizzes:{name}", args=[quiz.slug]) for name in of_quiz),
        *(reverse(f"quizzes:{name}") for name in mine),
        reverse("quizzes:lesson_mastery", args=[lesson]),
        *(reverse(f"lessons:{name}", args=[lesson]) for name in ("lesson", "print")),
        *(reverse(f"lessons:{name}", args=[lesson]) for name in ("me", "report")),
        *("/", "/me/", "/learn/", reverse("tutor:panel", args=[lesson])),
    ]


def secrets_in(response):
    body = response.content.decode()
    return [secret for secret in SECRETS if secret in body]


def event(quiz, key="q2", **details):
    question = quiz.questions.get(key=key)
    return {
        "id": str(uuid.uuid4()),
        "kind": "answered",
        "happened_at": (timezone.now() - timedelta(days=2)).isoformat(),
        "attempt": str(uuid.uuid4()),
        "quiz": quiz.slug,
        "question": key,
        "version": question.version,
        "answer": ["string" if key == "q2" else "wrong"],
        "with_hint": False,
    } | details


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_no_page_shows_anything_of_it(client, close, student, is_signed_in):
    quiz = close()
    if is_signed_in:
        client.force_login(student)

    told = {
        address: secrets_in(client.get(address, follow=True))
        for address in addresses(quiz)
    }

    assert {address: found for address, found in told.items() if found} == {}


def test_the_walk_sees_what_a_practice_quiz_shows(client, quiz):
    seen = [secrets_in(client.get(address)) for address in addresses(quiz)]

    assert SECRETS[:2] in seen


@pytest.mark.parametrize("name", ["quiz", "lesson_panel"])
def test_its_panel_says_calmly_that_teachers_give_it_out(htmx, close, name):
    url = reverse(f"quizzes:{name}", args=[close().slug])

    response = htmx.swap("get", url, "quiz-card")

    assertContains(response, "is given out by teachers")
    assertNotContains(response, "<html")
    assertContains(htmx.get(url), "Back to the lesson")


def test_its_panel_leads_to_where_it_was_given_to_oneself(
    client, close, student, classroom, other_student
):
    quiz = close()
    given = AssignmentFactory(quiz=quiz, classroom=classroom)
    url = reverse("quizzes:lesson_panel", args=[quiz.slug])

    client.force_login(student)
    assertContains(client.get(url), given.get_absolute_url())
    client.force_login(other_student)

    assertNotContains(client.get(url), given.get_absolute_url())


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_it_cannot_be_started_or_printed(client, close, student, is_signed_in):
    quiz = close()
    if is_signed_in:
        client.force_login(student)

    started = client.post(reverse("quizzes:start", args=[quiz.slug]))
    printed = client.get(reverse("quizzes:print", args=[quiz.slug]))

    assertContains(started, "is given out by teachers", status_code=409)
    assert printed.status_code == 404
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("name", ["answer", "review_answer"])
def test_a_page_from_before_it_was_closed_marks_nothing(client, quiz, close, name):
    started = client.post(reverse("quizzes:start", args=[quiz.slug]))
    token = re.search(r'name="state" value="([^"]+)"', started.content.decode())[1]
    question = quiz.questions.get(key="q2")
    data = {"state": token, "question": 2, f"q{question.pk}": "string"}
    close()

    answer = reverse("quizzes:answer", args=[quiz.slug])
    url = answer if name == "answer" else reverse("quizzes:review_answer")
    response = client.post(url, data)

    assert response.status_code in (400, 409)
    assert secrets_in(response) == []
    assertNotContains(response, "verdict", status_code=response.status_code)


@pytest.mark.parametrize("name", ["submit", "save", "hand_in"])
def test_an_attempt_from_before_asks_and_marks_no_more_of_it(
    client, quiz, close, student, name
):
    attempt = starting.start(quiz=quiz, student=student)
    first, second = attempt.questions.order_by("key")
    grading.submit_answers(attempt=attempt, answers={first: ["string"]})
    close()
    client.force_login(student)
    data = {"question": 2, f"q{second.pk}": "string"}

    response = client.post(
        reverse(f"quizzes:{name}", args=[attempt.pk]), data, follow=True
    )

    page = client.get(attempt.get_absolute_url())
    for each in (response, page, client.get(f"{attempt.get_absolute_url()}?view=all")):
        assert second.stem not in each.content.decode()
        assert second.explanation not in each.content.decode()
    assert Response.objects.get().question == first
    assert sitting_of(Attempt.objects.get()).marks.keys() == {first.pk}


def test_an_attempt_from_before_says_why_it_goes_no_further(
    client, quiz, close, student
):
    attempt = starting.start(quiz=quiz, student=student)
    first = attempt.questions.get(key="q1")
    grading.submit_answers(attempt=attempt, answers={first: ["wind00"]})
    close()
    client.force_login(student)

    page = client.get(attempt.get_absolute_url())

    assertContains(page, "given out by teachers now")
    assertContains(page, "1 of 1 answered")


def test_of_an_attempt_from_before_nothing_may_be_left(client, quiz, close, student):
    attempt = starting.start(quiz=quiz, student=student)
    close()
    client.force_login(student)

    page = client.get(attempt.get_absolute_url())
    put_away = client.post(reverse("quizzes:hand_in", args=[attempt.pk]), follow=True)

    for each in (page, put_away):
        assertContains(each, "Nothing is left to do here")
        assertNotContains(each, "0 of 0")
        assertNotContains(each, "Everything stuck")


def test_what_was_missed_of_it_is_not_tried_again(client, quiz, close, student):
    attempt = starting.start(quiz=quiz, student=student)
    answers = {question: ["string"] for question in attempt.questions.all()}
    grading.submit_answers(attempt=attempt, answers=answers)
    close()
    client.force_login(student)

    missed = reverse("quizzes:try_missed", args=[attempt.pk])
    client.post(missed)

    assertNotContains(client.get(attempt.get_absolute_url()), missed)
    assert Attempt.objects.get() == attempt


def test_a_review_that_was_open_asks_no_more_of_it(client, quiz, close, student):
    other = QuestionFactory()
    asked = quiz.questions.get(key="q2")
    attempt = starting.begin(
        Attempt(student=student, purpose=Attempt.Purpose.REVIEW), [asked, other]
    )
    close()
    client.force_login(student)

    page = client.get(attempt.get_absolute_url(), {"view": "all"})

    assertContains(page, other.stem)
    assert secrets_in(page) == []


def test_it_comes_back_in_no_review(client, quiz, close, student):
    question = quiz.questions.get(key="q2")
    long_ago = timezone.now() - timedelta(days=9)
    ReviewCardFactory(student=student, quiz=quiz, key="q2", due_at=long_ago)
    close()
    client.force_login(student)

    told = [
        client.get(reverse("quizzes:review")),
        client.post(reverse("quizzes:review_start"), follow=True),
        client.get(reverse("quizzes:review_sheet")),
    ]

    assert [secrets_in(each) for each in told] == [[], [], []]
    assert not Attempt.objects.filter(questions=question).exists()


def test_the_answers_of_an_assignment_make_no_card(close, student, classroom):
    assignment = AssignmentFactory(quiz=close(), classroom=classroom, at_end=True)
    attempt = assignments.start(assignment=assignment, student=student)
    asked = list(attempt.questions.all())
    grading.submit_answers(attempt=attempt, answers={q: ["string"] for q in asked})
    closing.hand_in(attempt=attempt)
    review.learn(student, asked)

    assert Response.objects.shown().count() == 2
    assert not ReviewCard.objects.filter(due_at__isnull=False).exists()


def test_what_a_device_holds_of_it_is_marked_nowhere(client, close):
    quiz = close()
    body = json.dumps({"events": [event(quiz), event(quiz, "c1")]})

    told = [
        client.post(reverse(name), body, content_type="application/json")
        for name in ("home:offer", "quizzes:review_device")
    ]
    sheet = client.post(reverse("quizzes:review_sheet"), {"events": body})

    assert [secrets_in(each) for each in [*told, sheet]] == [[], [], []]


@pytest.mark.parametrize("into", ["", "assigned"])
def test_what_a_device_did_counts_for_no_assignment(
    client, close, student, classroom, into
):
    quiz = close()
    assignment = AssignmentFactory(quiz=quiz, classroom=classroom)
    attempt = assignments.start(assignment=assignment, student=student)
    known = {"attempt": str(attempt.pk)} if into else {}
    client.force_login(student)
    body = {
        "reader": student.reader_key,
        "batch": None,
        "events": [event(quiz, answer=["wind00"], **known)],
    }

    response = client.post(
        reverse("home:sync"), json.dumps(body), content_type="application/json"
    )

    assert [o["status"] for o in response.json()["outcomes"]] == ["rejected"]
    assert not Response.objects.exists()
    assert list(Attempt.objects.values_list("pk", "score")) == [(attempt.pk, 0)]
    assert secrets_in(response) == []


def test_not_even_with_a_practice_quiz_does_a_device_count(
    client, quiz, student, classroom
):
    assignment = AssignmentFactory(quiz=quiz, classroom=classroom)
    attempt = assignments.start(assignment=assignment, student=student)
    client.force_login(student)
    events = [event(quiz, answer=["wind00"], attempt=str(attempt.pk)), event(quiz)]
    body = {"reader": student.reader_key, "batch": None, "events": events}

    response = client.post(
        reverse("home:sync"), json.dumps(body), content_type="application/json"
    )

    statuses = [outcome["status"] for outcome in response.json()["outcomes"]]
    assert statuses == ["rejected", "added"]
    assert not attempt.responses.exists()
    assert Response.objects.get().attempt.assignment is None
    assert SyncBatch.objects.count() == 0


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_the_questions_in_the_text_stay_open_to_all(
    client, close, student, is_signed_in
):
    quiz = close()
    question = quiz.questions.get(key="c1")
    check = reverse("quizzes:check", args=[quiz.slug, "c1"])
    if is_signed_in:
        client.force_login(student)

    assertContains(client.get(check), question.stem)
    marked = client.post(check, {f"q{question.pk}": "right"}, follow=True)

    assertContains(marked, "That is right.")
    assert secrets_in(client.get(check)) == []


def test_somebody_elses_result_of_it_is_not_there(client, close, student, classmate):
    assignment = AssignmentFactory(
        quiz=close(), classroom=student.enrolments.get().classroom
    )
    attempt = assignments.start(assignment=assignment, student=student)
    client.force_login(classmate)

    assert client.get(attempt.get_absolute_url()).status_code == 404


def test_a_lesson_still_says_how_many_questions_it_has(client, close):
    quiz = close()
    quiz.lesson.question_count = 2
    quiz.lesson.save()

    page = client.get(quiz.lesson.get_absolute_url())

    assertContains(page, "2 questions")
    assertContains(page, reverse("quizzes:lesson_panel", args=[quiz.slug]))
