import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lessons.device import AnsweredItem
from quizzes import closing, grading, review, starting
from quizzes.merging import merge
from quizzes.models import Attempt, Response, ReviewCard
from tendril.home import syncing
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    QuestionFactory,
    QuizFactory,
    ResponseFactory,
    ReviewCardFactory,
    SyncBatchFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def student():
    return UserFactory()


@pytest.fixture
def quiz():
    quiz = QuizFactory()
    for key in ("q1", "q2"):
        QuestionFactory(quiz=quiz, key=key, hint="Think.")
    return quiz


@pytest.fixture
def first(quiz):
    return quiz.questions.get(key="q1")


def answer(student, question, pick, *, hint=False):
    attempt = starting.start(quiz=question.quiz, student=student)
    if hint:
        grading.open_hint(attempt=attempt, question=question)
    grading.submit_answers(attempt=attempt, answers={question: [pick]})
    return attempt


def due(student):
    return dict(ReviewCard.objects.of(student).values_list("key", "due_at"))


def tomorrow():
    midnight = datetime.combine(timezone.now().date(), datetime.min.time(), UTC)
    return midnight + timedelta(days=1)


def test_a_miss_makes_a_card_for_tomorrow(student, first):
    answer(student, first, "wrong")

    assert due(student) == {"q1": tomorrow()}


def test_a_right_answer_makes_no_card(student, first):
    answer(student, first, "right")

    assert due(student) == {}


def test_a_right_answer_with_a_hint_comes_back_until_it_is_right_without(
    student, first
):
    attempt = answer(student, first, "right", hint=True)
    assert due(student) == {"q1": tomorrow()}

    two_days_ago = timezone.now() - timedelta(days=2)
    attempt.responses.update(answered_at=two_days_ago)
    again = AttemptFactory(student=student, quiz=first.quiz, handed_in=True)
    ResponseFactory(attempt=again, question=first, right=True)
    review.learn(student, [first])

    assert due(student)["q1"] > tomorrow()


def test_a_check_question_counts_for_review(student, quiz):
    check = QuestionFactory(quiz=quiz, key="c1", in_the_text=True)

    grading.submit_check(student=student, question=check, answers={check: ["wrong"]})

    assert due(student) == {"c1": tomorrow()}


def test_a_card_goes_through_all_versions_of_its_question(student, quiz, first):
    answer(student, first, "wrong")
    first.retired_at = timezone.now()
    first.save()
    newer = QuestionFactory(quiz=quiz, key="q1", version=2)

    review.learn(student, [newer])

    assert due(student) == {"q1": tomorrow()}


def test_the_end_of_a_closed_quiz_makes_no_card_but_its_checks_do(student):
    quiz = QuizFactory(closed=True)
    end = QuestionFactory(quiz=quiz, key="q1")
    check = QuestionFactory(quiz=quiz, key="c1", in_the_text=True)
    attempt = AttemptFactory(student=student, quiz=quiz, questions=[end, check])

    grading.submit_answers(attempt=attempt, answers={end: ["wrong"], check: ["wrong"]})
    review.mark_helped(student, [end])

    assert due(student) == {"c1": tomorrow()}


def test_marks_that_a_student_may_not_see_make_no_card(student, quiz, first):
    assignment = AssignmentFactory(quiz=quiz, by_teacher=True)
    attempt = AttemptFactory(student=student, assignment=assignment, assigned=True)
    grading.submit_answers(attempt=attempt, answers={first: ["wrong"]})
    closing.hand_in(attempt=attempt)
    review.learn(student, [first])
    assert Response.objects.marked().exists()
    assert due(student) == {}

    Attempt.objects.update(marks_shown_at=timezone.now())
    review.learn(student, [first])

    assert due(student) == {"q1": tomorrow()}


def test_a_card_goes_when_its_answers_are_found_right_after_all(student, first):
    answer(student, first, "wrong")

    Response.objects.update(points=1)
    review.learn(student, [first])

    assert due(student) == {"q1": None}


def test_a_batch_that_is_undone_takes_its_cards_along(student, quiz):
    batch = SyncBatchFactory(student=student)
    merge(student, [item(quiz, "q1", "wrong")], batch)
    assert due(student) == {"q1": datetime(2026, 11, 3, tzinfo=UTC)}

    syncing.undo(batch)

    assert due(student) == {"q1": None}


def test_help_makes_the_question_due_and_goes_with_the_next_answer(student, first):
    review.mark_helped(student, [first])
    assert due(student) == {"q1": tomorrow()}

    attempt = answer(student, first, "right")

    assert attempt.responses.get().with_help
    assert due(student) == {"q1": tomorrow()}


def test_help_from_more_than_a_day_ago_goes_with_no_answer(student, first):
    long_ago = (timezone.now() - timedelta(hours=25)).isoformat()
    ReviewCardFactory(student=student, quiz=first.quiz, key="q1", helps=[long_ago])

    attempt = answer(student, first, "right")

    assert not attempt.responses.get().with_help
    assert due(student)["q1"] > tomorrow()


def test_help_goes_with_an_answer_given_on_a_device(student, quiz, first):
    review.mark_helped(student, [first])
    now = timezone.now()

    merge(student, [item(quiz, "q1", "right", happened_at=now)], None)

    assert Response.objects.get().with_help


def test_help_is_somebodys_own(student, first):
    review.mark_helped(UserFactory(), [first])

    assert not answer(student, first, "right").responses.get().with_help


@pytest.mark.parametrize("count", [1, 40])
def test_learning_costs_four_statements_whatever_the_number(
    student, quiz, django_assert_num_queries, count
):
    attempt = AttemptFactory(student=student, quiz=quiz)
    questions = []
    for number in range(count):
        questions.append(QuestionFactory(quiz=quiz, key=f"more-{number}"))
        ResponseFactory(attempt=attempt, question=questions[-1])

    with transaction.atomic():
        with django_assert_num_queries(4):
            review.learn(student, questions)
        with django_assert_num_queries(3):
            review.learn(student, questions)
    assert len(due(student)) == count


def item(quiz, question, pick, **values):
    return AnsweredItem(
        **{
            "kind": "answered",
            "id": uuid.uuid4(),
            "attempt": uuid.uuid4(),
            "quiz": quiz.slug,
            "question": question,
            "version": 1,
            "answer": [pick],
            "happened_at": NOON,
        }
        | values
    )


answers = st.lists(
    st.tuples(
        st.sampled_from(["q1", "q2"]),
        st.sampled_from(["right", "wrong"]),
        st.integers(0, 72),
        st.integers(1, 3),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(answers, st.randoms(use_true_random=False))
def test_any_order_and_any_parts_of_the_same_answers_make_the_same_cards(
    quiz, found, chance
):
    items = [
        item(
            quiz,
            key,
            pick,
            attempt=uuid.uuid5(uuid.NAMESPACE_OID, str(sitting)),
            happened_at=NOON + timedelta(hours=hours),
            with_hint=with_hint,
        )
        for key, pick, hours, sitting, with_hint in found
    ]
    shuffled = list(items)
    chance.shuffle(shuffled)
    cut = chance.randint(0, len(items))
    parts = [shuffled[:cut], shuffled[cut:], [chance.choice(items)]]

    assert cards_after([items]) == cards_after(parts)


def cards_after(parts):
    """The cards of a student to whom this was handed over; nothing of it stays."""
    with transaction.atomic():
        student = UserFactory()
        for part in parts:
            merge(student, part, None)
        cards = {key: at for key, at in due(student).items() if at}
        transaction.set_rollback(True)
    return cards
