import pytest
from django.db.models import Max

from quizzes import review, review_again
from quizzes.models import Quiz, Response, ReviewCard
from tests.factories import (
    AttemptFactory,
    QuestionFactory,
    QuizFactory,
    SyncBatchFactory,
    UserFactory,
)
from tests.quizzes.answered import answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def question():
    return QuestionFactory()


def due_cards():
    return set(ReviewCard.objects.values_list("student", "quiz", "key", "due_at"))


def test_what_was_missed_before_there_were_cards_comes_back(question):
    other = QuestionFactory()
    answered(question, ["wrong"], ["right"])
    answered(other, ["wrong"])
    aided, *_right = answered(other, ["right"], ["right"])
    Response.objects.filter(pk=aided.pk).update(with_hint=True)

    assert review_again.learn_forgotten() == 3

    made = due_cards()
    ReviewCard.objects.all().delete()
    for response in Response.objects.all():
        review.learn(response.attempt.student, [response.question])
    assert due_cards() == made
    assert review_again.learn_forgotten() == 0
    assert due_cards() == made


def test_what_was_missed_while_its_quiz_was_closed_comes_back_once_it_opens():
    question = QuestionFactory(quiz=QuizFactory(closed=True))
    answered(question, ["wrong"])
    assert review_again.learn_forgotten() == 0

    Quiz.objects.update(access=Quiz.Access.PRACTICE)

    assert review_again.learn_forgotten() == 1


def test_what_is_not_shown_or_does_not_count_does_not_come_back(question):
    undone = SyncBatchFactory(undone=True)
    answered(question, ["wrong"], marks_shown_at=None)
    answered(question, ["wrong"], batch=undone, student=undone.student)
    answered(question, ["wrong"])
    latest = Response.objects.aggregate(last=Max("received_at"))["last"]
    Response.objects.filter(received_at=latest).update(counts=False)

    assert review_again.learn_forgotten() == 0


def test_a_card_that_is_there_stays_as_it_is(question, student):
    answered(question, ["wrong"], student=student)
    review.learn(student, [question])
    before = due_cards()

    assert review_again.learn_forgotten() == 0
    assert due_cards() == before


def test_one_run_after_another_makes_them_all(question, monkeypatch):
    monkeypatch.setattr(review_again, "MOST_AT_ONCE", 2)
    answered(question, *[["wrong"]] * 5)

    made = [review_again.learn_forgotten() for _ in range(4)]

    assert made == [2, 2, 1, 0]


@pytest.mark.parametrize("count", [1, 6])
def test_many_cards_take_few_statements(django_assert_num_queries, count):
    students = UserFactory.create_batch(count)
    for _ in range(count):
        question = QuestionFactory()
        for student in students:
            attempt = AttemptFactory(quiz=question.quiz, student=student)
            answered(question, ["wrong"], student=attempt.student)

    # What is missing, then in a savepoint: people, cards, answers, the new cards.
    with django_assert_num_queries(7):
        assert review_again.learn_forgotten() == count * count
