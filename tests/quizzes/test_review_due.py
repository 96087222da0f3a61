from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from quizzes import review_due
from quizzes.models import Attempt, Question
from quizzes.review_due import mixed
from quizzes.stored_sittings import sitting_of
from tests.factories import (
    QuestionFactory,
    QuizFactory,
    ReviewCardFactory,
    UserFactory,
)


def questions(lessons):
    """Unsaved, of the lessons with these letters, the most overdue first."""
    return [
        Question(key=f"q{n}", quiz_id=ord(letter)) for n, letter in enumerate(lessons)
    ]


def letters(chosen):
    return "".join(chr(question.quiz_id) for question in chosen)


@pytest.mark.parametrize(
    ("due", "asked"),
    [
        ("ABCDEF", "ABCDE"),
        ("AAABBB", "ABABA"),
        ("BCAAA", "ABACA"),
        ("AAAAAB", "ABAAA"),
        ("AAAAAAAABB", "ABABA"),
        ("AAA", "AAA"),
        ("", ""),
    ],
)
def test_five_are_mixed_over_lessons_the_most_overdue_first(due, asked):
    assert letters(mixed(questions(due), 5)) == asked


@given(st.text("ABCD", max_size=12), st.integers(1, 7))
def test_no_lesson_comes_twice_in_a_row_where_that_can_be(due, most):
    asked = letters(mixed(questions(due), most))

    assert len(asked) == min(most, len(due))
    half = (len(asked) + 1) // 2
    if sum(min(count, half) for count in Counter(due).values()) >= len(asked):
        assert all(one != after for one, after in pairwise(asked))


@pytest.fixture
def student(db):
    return UserFactory()


def missed(student, quiz=None, *, days=1, **values):
    question = QuestionFactory(quiz=quiz or QuizFactory(), **values)
    due_at = timezone.now() - timedelta(days=days)
    ReviewCardFactory(
        student=student, quiz=question.quiz, key=question.key, due_at=due_at
    )
    return question


def test_a_review_asks_the_five_most_overdue_in_that_order(student):
    due = [missed(student, days=days) for days in (1, 5, 3, 2, 6, 4)]

    attempt = review_due.start(student)

    asked = sitting_of(attempt).questions
    assert asked == [due[4], due[1], due[5], due[2], due[3]]
    assert (attempt.quiz, attempt.purpose) == (None, Attempt.Purpose.REVIEW)


def test_starting_again_goes_on_with_the_open_one(student):
    missed(student)

    assert review_due.start(student) == review_due.start(student)


def test_nothing_due_starts_nothing(student):
    missed(student, days=-1)

    assert review_due.start(student) is None
    assert not Attempt.objects.exists()


def test_the_current_version_is_asked(student):
    old = missed(student, key="q1")
    old.retired_at = timezone.now()
    old.save()
    new = QuestionFactory(quiz=old.quiz, key="q1", version=2)

    assert sitting_of(review_due.start(student)).questions == [new]


def test_what_is_gone_or_closed_is_not_asked_and_its_card_waits(student):
    missed(student, retired=True)
    missed(student, QuizFactory(retired=True))
    missed(student, QuizFactory(closed=True))
    check = missed(student, QuizFactory(closed=True), in_the_text=True)

    assert review_due.waiting(student).count == 1
    assert sitting_of(review_due.start(student)).questions == [check]
    assert student.review_cards.count() == 4


def test_what_waits_and_what_comes_next_is_told(student):
    missed(student)
    missed(UserFactory())
    soon = missed(student, days=-3)
    missed(student, days=-10)

    waiting = review_due.waiting(student)

    assert (waiting.count, waiting.this_week) == (1, 2)
    assert waiting.next_at == student.review_cards.get(key=soon.key).due_at
