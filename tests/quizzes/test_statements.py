"""What answering costs the database, with BEGIN, COMMIT and savepoints counted.

A transaction of the test's own would hide those, so there is none around these.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from quizzes import closing, grading, review, starting
from quizzes.kinds import KINDS
from quizzes.models import Attempt, Question, Response
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    ClassroomFactory,
    EnrolmentFactory,
    QuestionFactory,
    QuizFactory,
    ResponseFactory,
    UserFactory,
)
from tests.quizzes.every_kind import question_of, right, wrong

pytestmark = pytest.mark.django_db(transaction=True)

MOST_FOR_POST, MOST_FOR_PAGE = 14, 8


def begun(count=1, **values):
    quiz = QuizFactory()
    QuestionFactory.create_batch(count, quiz=quiz, **values)
    return starting.start(quiz=quiz, student=UserFactory())


def statements(send, *arguments, **options):
    with CaptureQueriesContext(connection) as captured:
        reply = send(*arguments, **options)
    said = [query["sql"] for query in captured.captured_queries]
    # Where a connection is new, what it is told once and for all.
    return [sql for sql in said if not sql.startswith("PRAGMA")], reply


def cost(client, attempt, question=None, pick="right", **data):
    """The statements of answering, and of the page that shows the mark."""
    client.force_login(attempt.student)
    questions = list(attempt.questions.all())
    question = question or questions[0]
    number = questions.index(question) + 1
    url = reverse("quizzes:submit", args=[attempt.pk])
    data = {"question": number, f"q{question.pk}": pick} | data
    posting, reply = statements(client.post, url, data)
    assert reply.status_code == 302
    assert Response.objects.filter(attempt=attempt, question=question).exists()
    showing, page = statements(client.get, reply.url)
    assert page.status_code == 200
    return posting, showing


def check(posting, showing):
    assert len(posting) <= MOST_FOR_POST, "\n".join(posting)
    assert len(showing) <= MOST_FOR_PAGE, "\n".join(showing)


def test_transactions_are_counted(client):
    posting, _showing = cost(client, begun())

    assert posting[0].startswith("SELECT")
    assert sum(sql.startswith("BEGIN") for sql in posting) == 1
    assert posting[-1] == "COMMIT"


@pytest.mark.parametrize("is_right", [True, False])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind(client, kind, is_right):
    question = question_of(kind)
    question_of(kind, quiz=question.quiz)
    attempt = starting.start(quiz=question.quiz, student=UserFactory())

    check(*cost(client, attempt, pick=(right if is_right else wrong)(question)))

    assert (attempt.responses.get().points == 1) == is_right


@pytest.mark.parametrize("pick", ["right", "wrong"])
@pytest.mark.parametrize("count", [1, 30])
def test_any_number_of_questions(client, count, pick):
    check(*cost(client, begun(count), pick=pick))


@pytest.mark.parametrize("classmates", [0, 30])
@pytest.mark.parametrize("feedback", ["at_once", "at_end", "released"])
def test_any_number_in_class(client, classmates, feedback):
    quiz = QuizFactory(closed=True)
    QuestionFactory.create_batch(3, quiz=quiz)
    room = ClassroomFactory()
    assignment = AssignmentFactory(quiz=quiz, classroom=room, feedback=feedback)
    seats = EnrolmentFactory.create_batch(classmates + 1, classroom=room)
    attempts = [
        starting.start_assigned(assignment=assignment, student=seat.person)
        for seat in seats
    ]
    for attempt in attempts[1:]:
        answers = {question: ["wrong"] for question in attempt.questions.all()}
        grading.submit_answers(attempt=attempt, answers=answers)

    for question in list(attempts[0].questions.all()):
        check(*cost(client, attempts[0], question, pick="wrong"))


def test_thirty_answers_on_one_page(client):
    attempt = begun(30)
    questions = list(attempt.questions.all())
    picks = {f"q{q.pk}": "wrong" if q.pk % 2 else "right" for q in questions}

    check(*cost(client, attempt, view="all", **picks))

    assert attempt.responses.count() == 30


@pytest.mark.parametrize("pick", ["right", "wrong"])
def test_what_was_saved_before_it_is_checked(client, pick):
    attempt = begun(2)
    question = attempt.questions.first()
    before = {question: ["wrong"]}
    grading.submit_answers(attempt=attempt, answers=before, is_draft=True)

    check(*cost(client, attempt, pick=pick))

    assert Response.objects.get().marked_at


@pytest.mark.parametrize("pick", ["right", "wrong"])
def test_the_last_answer(client, pick):
    attempt = begun(2)
    first, last = attempt.questions.all()
    grading.submit_answers(attempt=attempt, answers={first: ["right"]})

    check(*cost(client, attempt, last, pick=pick))

    assert Attempt.objects.get().handed_in_at


@pytest.mark.parametrize("count", [1, 5])
@pytest.mark.parametrize("pick", ["right", "wrong"])
def test_a_question_from_before(client, count, pick):
    student = UserFactory()
    questions = [QuestionFactory() for _ in range(count)]
    for question in questions:
        sitting = AttemptFactory(quiz=question.quiz, student=student, handed_in=True)
        ResponseFactory(attempt=sitting, question=question, answer=["wrong"])
        review.learn(student, [question])
    attempt = AttemptFactory(student=student, review=True, questions=questions)

    check(*cost(client, attempt, questions[0], pick=pick))

    assert attempt.responses.get().points == (pick == "right")


@pytest.mark.parametrize("count", [1, 30])
def test_questions_whose_key_was_corrected(client, count):
    attempt = begun(count)
    questions = list(attempt.questions.all())
    for question in questions:
        Question.objects.filter(pk=question.pk).update(retired_at=timezone.now())
        better = QuestionFactory(quiz=attempt.quiz, key=question.key, version=2)
        Question.objects.filter(pk=question.pk).update(marked_by=better)

    check(*cost(client, attempt, pick="wrong"))
    if count > 1:
        picks = {f"q{question.pk}": "wrong" for question in questions}
        check(*cost(client, attempt, view="all", **picks))


def test_an_answer_after_the_time(client):
    quiz = QuizFactory(closed=True)
    QuestionFactory.create_batch(2, quiz=quiz)
    assignment = AssignmentFactory(quiz=quiz, at_end=True, minutes=10)
    student = EnrolmentFactory(classroom=assignment.classroom).person
    attempt = starting.start_assigned(assignment=assignment, student=student)
    closing.hand_in(attempt=attempt)
    ended = timezone.now() - timedelta(minutes=5)
    Attempt.objects.update(ends_at=ended, handed_in_at=ended)

    posting, showing = cost(client, attempt, pick="wrong")

    check(posting, [])
    # A result says as well whether it can be taken again.
    assert len(showing) <= MOST_FOR_PAGE + 4, "\n".join(showing)
    assert Response.objects.get().is_late


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("pick", ["right", "wrong"])
def test_a_check_question_in_the_text(client, count, pick):
    quiz = QuizFactory()
    questions = QuestionFactory.create_batch(count, quiz=quiz, in_the_text=True)
    client.force_login(UserFactory())

    for question in questions[:2]:
        url = reverse("quizzes:check", args=[quiz.slug, question.key])
        posting, _ = statements(client.post, url, {f"q{question.pk}": pick})
        showing, _ = statements(client.get, url)

        check(posting, showing)
