import pytest

from quizzes import personal_rows
from tests.factories import (
    AssignmentFactory,
    OverrideFactory,
    QuestionFactory,
    ReviewCardFactory,
)

pytestmark = pytest.mark.django_db


def test_a_copy_tells_a_teachers_word_once_the_marks_are_shown(student, classroom):
    hidden = AssignmentFactory(classroom=classroom, by_teacher=True)
    shown = AssignmentFactory(classroom=classroom)
    OverrideFactory(assignment=hidden, student=student, score=2, reason="2 of 10")
    OverrideFactory(assignment=shown, student=student, score=3, reason="3 of 10")
    OverrideFactory(assignment=hidden, student=student, excused=True, reason="Ill")

    told = [
        str(value) for row in personal_rows.overrides(student) for value in row.values()
    ]

    assert {"3 of 10", "Ill"} <= set(told)
    assert "2 of 10" not in told


def test_a_copy_says_which_question_comes_back_in_its_newest_words(student):
    old = QuestionFactory(key="q1", stem="What pulls?", retired=True)
    QuestionFactory(quiz=old.quiz, key="q1", version=2, stem="What pulls a kite?")
    ReviewCardFactory(student=student, quiz=old.quiz, key="q1")

    [row] = personal_rows.review_cards(student)

    assert "What pulls a kite?" in row.values()
