import pytest

from quizzes.answers import NotAnAnswer
from quizzes.kinds import true_false
from tests.quizzes.kinds.entries import body, draw_with

BODY = body("true_false", answer=False, why="It only counts words.")


def test_the_statement_holds_or_does_not():
    assert true_false.right(BODY) == ["false"]
    assert true_false.grade(BODY, ["false"]) == 1
    assert true_false.grade(BODY, ["true"]) == 0


def test_true_stands_before_false_whatever_is_drawn():
    for seed in range(9):
        asked = true_false.ask(BODY, [], draw_with(seed))
        assert [choice.key for choice in asked] == ["true", "false"]


def test_the_wrong_choice_says_why():
    shown = true_false.redraw(BODY, ["true"], draw_with(1))

    assert [choice.why for choice in shown] == ["It only counts words.", ""]


@pytest.mark.parametrize("raw", [["maybe"], ["true", "false"], ["True"]])
def test_nothing_else_is_an_answer(raw):
    with pytest.raises(NotAnAnswer):
        true_false.read(BODY, raw)
