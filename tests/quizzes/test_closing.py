import pytest

from quizzes import closing, grading, starting
from quizzes.models import Quiz
from quizzes.stored_sittings import sitting_of
from tests.factories import QuestionFactory, QuizFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt():
    quiz = QuizFactory()
    QuestionFactory.create_batch(2, quiz=quiz)
    return starting.start(quiz=quiz, student=UserFactory())


def draft(attempt, pick="right"):
    first = attempt.questions.all()[0]
    grading.submit_answers(attempt=attempt, answers={first: [pick]}, is_draft=True)


def test_handing_in_twice_is_as_good_as_once(attempt):
    draft(attempt)
    closing.hand_in(attempt=attempt)
    attempt.refresh_from_db()
    handed_in_at = attempt.handed_in_at

    closing.hand_in(attempt=attempt)

    attempt.refresh_from_db()
    assert (attempt.score, attempt.handed_in_at) == (1, handed_in_at)


def test_a_draft_in_a_quiz_that_was_closed_meanwhile_is_marked_for_nobody(attempt):
    draft(attempt)
    Quiz.objects.update(access=Quiz.Access.CLOSED)
    attempt.refresh_from_db()

    closing.hand_in(attempt=attempt)

    attempt.refresh_from_db()
    response = attempt.responses.get()
    assert (attempt.score, response.marked_at, response.answer) == (0, None, ["right"])
    attempt.quiz.refresh_from_db()
    sitting = sitting_of(attempt)
    assert (sitting.marks, sitting.drafts, list(sitting.questions)) == ({}, {}, [])
