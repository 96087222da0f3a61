"""Until a teacher shows the marks, nothing tells right answers from wrong ones."""

import itertools
import re

import pytest
from django.urls import reverse

from quizzes import assignments, closing, grading
from quizzes.models import Assignment, Attempt
from quizzes.status import State, status_of_class
from tests.factories import (
    AssignmentFactory,
    CatalogueFactory,
    EnrolmentFactory,
    QuestionFactory,
    QuizFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["practice", "closed"])
def assignment(request, classroom, teacher):
    CatalogueFactory()
    quiz = QuizFactory(access=request.param, lesson__question_count=3)
    QuestionFactory.create_batch(3, quiz=quiz, passages=["idea-0a0a0a"])
    return AssignmentFactory(classroom=classroom, quiz=quiz, by_teacher=True)


@pytest.fixture
def pair(assignment):
    """Two who answered the same two questions of three: one right, one wrong."""
    return {pick: begun(assignment, pick) for pick in ("right", "wrong")}


def newcomer(classroom):
    """With a number that is no other row's, so that it can be left out of pages."""
    seat = EnrolmentFactory(classroom=classroom, person__pk=next(NUMBERS))
    return seat.person


def begun(assignment, pick, *, count=2, student=None):
    student = student or newcomer(assignment.classroom)
    attempt = assignments.start(assignment=assignment, student=student)
    # Drawn alike, so that nothing but the answers differs.
    Attempt.objects.filter(pk=attempt.pk).update(seed=7)
    attempt.refresh_from_db()
    answers = {question: [pick] for question in attempt.questions.all()[:count]}
    grading.submit_answers(attempt=attempt, answers=answers)
    return attempt


def addresses(attempt):
    own = attempt.get_absolute_url()
    panels = ["results", "review", "review_sheet", "mastery", "news", "assigned"]
    lesson = attempt.quiz.lesson.slug
    given = Assignment.objects.given_to(attempt.student)
    return [
        *(own, f"{own}?question=3", f"{own}?question=0"),
        attempt.assignment.get_absolute_url(),
        *(reverse(f"quizzes:{name}") for name in panels),
        reverse("quizzes:lesson_mastery", args=[lesson]),
        reverse("quizzes:lesson_panel", args=[attempt.quiz.slug]),
        reverse("lessons:me", args=[lesson]),
        reverse("lessons:states") + f"?lessons={lesson}",
        *(reverse("quizzes:seen_answers", args=[each.pk]) for each in given),
        reverse("quizzes:seen_work"),
        *(reverse(name, args=[attempt.student_id]) for name in FAMILY),
        *("/", "/me/"),
    ]


NUMBERS = itertools.count(900_000)
# A student may look at these, too.
FAMILY = ["quizzes:family_work", "lessons:family_reading"]
HANDED_IN = ["?question=1", "?question=2", "?view=all"]


def shown(client, attempt, more=()):
    """Each page, and the card alone, without what is this student's own."""
    client.force_login(attempt.student)
    own = attempt.get_absolute_url()
    pages = {}
    for address in [*addresses(attempt), *(own + query for query in more)]:
        # Once before, so that no page is the first to set the cookie of forms.
        client.get(address)
        for target in ("", "quiz-card"):
            htmx = {"HX-Request": "true", "HX-Target": target} if target else {}
            page = client.get(address, headers=htmx).content.decode()
            pages[without_names(address, attempt), target] = without_names(
                page, attempt
            )
    return pages


def without_names(page, attempt):
    """Also without the words of the answers, which the student wrote."""
    page = re.sub(r'(csrfmiddlewaretoken" value|data-reader)="[^"]*"', r"\1", page)
    page = re.sub(r"The (right|wrong) choice 1", "The choice", page)
    page = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "…", page)
    page = re.sub(rf"([-/]){attempt.student_id}\b", r"\1…", page)
    page = page.replace(str(attempt.student), "…").replace(
        attempt.student.username, "…"
    )
    return re.sub(r"\d\d:\d\d|data-now=\S+|datetime=\S+", "", page)


def differing(pair, client, more=()):
    right, wrong = (shown(client, attempt, more) for attempt in pair.values())
    return sorted(where for where in right if right[where] != wrong[where])


def test_before_handing_in_every_page_is_the_same_for_right_and_wrong(client, pair):
    assert differing(pair, client) == []


def test_after_handing_in_every_page_is_the_same_for_right_and_wrong(client, pair):
    for attempt in pair.values():
        closing.hand_in(attempt=attempt)

    assert differing(pair, client, HANDED_IN) == []


def test_once_the_marks_are_shown_the_pages_differ(client, pair, assignment):
    for attempt in pair.values():
        closing.hand_in(attempt=attempt)

    assignments.release(assignment=assignment)

    own = "/attempts/…/"
    expected = {(own, "quiz-card"), (own + "?question=1", ""), ("/assignments/", "")}
    assert expected <= set(differing(pair, client, HANDED_IN))


def test_no_success_is_told_before_its_marks_are_shown(client, classroom):
    quiz = QuizFactory(closed=True)
    QuestionFactory.create_batch(4, quiz=quiz)
    shown, hidden = (
        AssignmentFactory(classroom=classroom, quiz=quiz, **rule)
        for rule in ({}, {"by_teacher": True})
    )
    pair = {}
    for pick in ("right", "wrong"):
        before = begun(shown, "wrong", count=4)
        closing.hand_in(attempt=before)
        pair[pick] = begun(hidden, pick, count=1, student=before.student)
        closing.hand_in(attempt=pair[pick])

    assert differing(pair, client, HANDED_IN) == []

    students = [attempt.student for attempt in pair.values()]
    told_teacher = status_of_class(shown, students).values()
    assert [status.state for status in told_teacher] == [State.DONE, State.NEEDS_HELP]


def test_what_was_answered_is_shown_and_no_reason_with_it(client, pair):
    attempt = pair["wrong"]
    closing.hand_in(attempt=attempt)
    client.force_login(attempt.student)

    page = client.get(attempt.get_absolute_url()).content.decode()

    assert "Handed in. Your answers are safe." in page
    assert page.count("The wrong choice 1") == 2
    assert "You gave no answer." in page
    for question in attempt.questions.all():
        assert question.explanation not in page
        assert "idea-0a0a0a" not in page
    assert "The right choice 1" not in page
    assert "What was mixed up" not in page


def test_a_device_is_told_nothing_either(client, pair):
    attempt = pair["wrong"]
    closing.hand_in(attempt=attempt)
    client.force_login(attempt.student)

    page = client.get(attempt.get_absolute_url()).content.decode()

    assert "data-answered" not in page
    assert "data-quiz=" not in page


def test_another_answer_is_no_way_to_find_out(client, pair):
    told = []
    for pick, attempt in pair.items():
        closing.hand_in(attempt=attempt)
        client.force_login(attempt.student)
        question = attempt.questions.first()
        submit = reverse("quizzes:submit", args=[attempt.pk])
        data = {"question": 1, f"q{question.pk}": "wrong-2"}
        page = client.post(submit, data)
        told.append((page.status_code, without_names(page.content.decode(), attempt)))
        assert attempt.responses.get(question=question).answer == [pick]

    assert told[0] == told[1]
    assert told[0][0] == 409


def test_missed_questions_are_not_tried_again_before_that(client, pair):
    attempt = pair["wrong"]
    closing.hand_in(attempt=attempt)
    client.force_login(attempt.student)

    client.post(reverse("quizzes:try_missed", args=[attempt.pk]))

    assert Attempt.objects.count() == 2
