import pytest

from quizzes import grading, starting
from quizzes.models import Attempt, Response
from quizzes.stored_sittings import sitting_of
from tests.factories import (
    AttemptFactory,
    QuestionFactory,
    QuizFactory,
    ResponseFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz():
    """Two questions of one point; the choices are keyed right and wrong."""
    quiz = QuizFactory()
    QuestionFactory.create_batch(2, quiz=quiz)
    return quiz


@pytest.fixture
def attempt(quiz):
    return starting.start(quiz=quiz, student=UserFactory())


def stored(attempt):
    return Attempt.objects.filter(pk=attempt.pk).values()


def test_starting_twice_goes_on_with_the_open_attempt(quiz, attempt):
    again = starting.start(quiz=quiz, student=attempt.student)

    assert again == attempt


def test_starting_after_handing_in_begins_a_new_attempt(quiz, attempt):
    answers = {question: ["right"] for question in attempt.questions.all()}
    grading.submit_answers(attempt=attempt, answers=answers)

    again = starting.start(quiz=quiz, student=attempt.student)

    assert again != attempt


def test_an_attempt_asks_the_end_questions_and_not_those_in_the_text(quiz):
    QuestionFactory(quiz=quiz, in_the_text=True)
    QuestionFactory(quiz=quiz, retired=True)

    attempt = starting.start(quiz=quiz, student=UserFactory())

    assert list(attempt.questions.all()) == list(quiz.questions.all()[:2])
    assert attempt.max_score == 2


def test_first_answer_stands_when_sent_twice(attempt):
    first, _second = attempt.questions.all()

    grading.submit_answers(attempt=attempt, answers={first: ["wrong"]})
    grading.submit_answers(attempt=attempt, answers={first: ["right"]})

    assert [r.answer for r in attempt.responses.all()] == [["wrong"]]


def test_the_last_answer_hands_the_attempt_in(attempt):
    first, second = attempt.questions.all()

    grading.submit_answers(attempt=attempt, answers={first: ["right"]})
    attempt.refresh_from_db()
    assert attempt.handed_in_at is None

    grading.submit_answers(attempt=attempt, answers={second: ["wrong"]})
    attempt.refresh_from_db()
    assert attempt.handed_in_at is not None
    assert attempt.score == 1


def test_an_attempt_handed_in_takes_no_more(attempt):
    first, second = attempt.questions.all()
    answers = {first: ["wrong"], second: ["right"]}
    grading.submit_answers(attempt=attempt, answers=answers)
    before = list(attempt.responses.values())

    for other in ({first: ["right"]}, answers | {second: ["wrong"]}):
        with pytest.raises(grading.AttemptClosed):
            grading.submit_answers(attempt=attempt, answers=other)

    assert list(attempt.responses.values()) == before


def test_the_last_answer_sent_again_is_as_good_as_sent_once(attempt):
    first, second = attempt.questions.all()
    grading.submit_answers(attempt=attempt, answers={first: ["right"]})
    grading.submit_answers(attempt=attempt, answers={second: ["wrong"]})
    before = [list(rows) for rows in (attempt.responses.values(), stored(attempt))]

    grading.submit_answers(attempt=attempt, answers={second: ["wrong"]})

    after = [list(rows) for rows in (attempt.responses.values(), stored(attempt))]
    assert after == before


def test_a_hint_is_noted_with_the_answer_and_costs_nothing(attempt):
    first, _second = attempt.questions.all()
    grading.open_hint(attempt=attempt, question=first)
    attempt.refresh_from_db()

    grading.submit_answers(attempt=attempt, answers={first: ["right"]})

    response = attempt.responses.get()
    assert response.with_hint
    assert response.points == 1


def test_an_open_attempt_finishes_on_the_versions_it_began_with(attempt):
    first, _second = attempt.questions.all()
    first.retired_at = attempt.started_at
    first.save(update_fields=["retired_at"])
    newer = QuestionFactory(quiz=attempt.quiz, key=first.key, version=2)

    asked = sitting_of(attempt).questions

    assert first in asked
    assert newer not in asked


def test_a_check_question_has_a_sitting_of_its_own(quiz):
    student = UserFactory()
    check = QuestionFactory(quiz=quiz, in_the_text=True)

    grading.submit_check(student=student, question=check, answers={check: ["right"]})

    kept = starting.check_attempt(student, check)
    assert kept.purpose == Attempt.Purpose.CHECK
    assert kept.score == 1


def test_a_check_question_answered_on_a_device_stays_answered(quiz):
    student = UserFactory()
    first, second = QuestionFactory.create_batch(2, quiz=quiz, in_the_text=True)
    on_device = AttemptFactory(
        student=student, quiz=quiz, check=True, handed_in=True, questions=[first]
    )
    ResponseFactory(attempt=on_device, question=first)

    grading.submit_check(student=student, question=second, answers={second: ["right"]})

    assert starting.check_attempt(student, first) == on_device


def test_the_first_answer_to_a_check_question_stands(quiz):
    student = UserFactory()
    check, other = QuestionFactory.create_batch(2, quiz=quiz, in_the_text=True)
    for question, pick in ((check, "wrong"), (other, "right"), (check, "right")):
        answers = {question: [pick]}
        grading.submit_check(student=student, question=question, answers=answers)

    kept = Response.objects.order_by("answered_at")
    assert [(r.question, r.answer) for r in kept] == [
        (check, ["wrong"]),
        (other, ["right"]),
    ]


def test_a_check_question_in_a_sitting_that_is_open_is_answered_in_one_of_its_own(quiz):
    """As they were stored once: all of a lesson's in one sitting."""
    student = UserFactory()
    old, other = QuestionFactory.create_batch(2, quiz=quiz, in_the_text=True)
    open_one = AttemptFactory(
        student=student, quiz=quiz, check=True, questions=[old, other]
    )
    ResponseFactory(attempt=open_one, question=old)

    for question in (old, other):
        answers = {question: ["right"]}
        grading.submit_check(student=student, question=question, answers=answers)

    assert starting.check_attempt(student, old) == open_one
    assert starting.check_attempt(student, other) != open_one
    assert Response.objects.count() == 2


def test_what_a_device_began_is_answered_there_only(quiz):
    attempt = AttemptFactory(quiz=quiz, is_from_device=True)
    question = attempt.questions.all()[0]

    with pytest.raises(grading.AttemptClosed):
        grading.submit_answers(attempt=attempt, answers={question: ["right"]})

    assert not attempt.responses.exists()


def test_a_check_question_that_a_device_left_open_is_answered_in_a_new_sitting(quiz):
    check = QuestionFactory(quiz=quiz, in_the_text=True)
    on_device = AttemptFactory(
        quiz=quiz, check=True, is_from_device=True, questions=[check]
    )

    grading.submit_check(
        student=on_device.student, question=check, answers={check: ["right"]}
    )

    kept = starting.check_attempt(on_device.student, check)
    assert kept != on_device
    assert kept.score == 1
