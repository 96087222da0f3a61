from fractions import Fraction

import pytest

from quizzes.answers import NotAnAnswer
from quizzes.kinds import multiple
from tests.quizzes.kinds.entries import body, draw_with

TEXTS = ["Clear examples", "Many examples", "A list", "More colours", "A longer name"]
BODY = body(
    "multiple",
    choices=[{"text": text, "right": n < 3} for n, text in enumerate(TEXTS)],
)
KEYS = [choice["key"] for choice in BODY["choices"]]
RIGHT, WRONG = KEYS[:3], KEYS[3:]


@pytest.mark.parametrize(
    ("picked", "share"),
    [
        (RIGHT, 1),
        (RIGHT[::-1], 1),
        (RIGHT[:2], Fraction(2, 3)),
        ([*RIGHT, WRONG[0]], Fraction(2, 3)),
        ([RIGHT[0], WRONG[0]], 0),
        (WRONG, 0),
        (KEYS, Fraction(1, 3)),
        ([], 0),
    ],
)
def test_each_wrong_pick_takes_away_what_a_right_one_gave(picked, share):
    assert multiple.grade(BODY, picked) == share


def test_picking_everything_is_not_a_way_to_full_marks():
    half = body("multiple", choices=[{"text": t, "right": t in "AB"} for t in "ABCD"])

    assert multiple.grade(half, [choice["key"] for choice in half["choices"]]) == 0


def test_a_pick_counts_once_and_only_of_this_question():
    assert multiple.read(BODY, ["", KEYS[1], KEYS[1]]) == [KEYS[1]]
    with pytest.raises(NotAnAnswer, match="not this question's"):
        multiple.read(BODY, [KEYS[0], "000000"])


def test_an_accepted_set_of_picks_is_right_as_a_whole():
    accepted = [RIGHT[0], WRONG[0]]
    longer = multiple.extend(BODY, accepted)

    assert multiple.grade(longer, accepted[::-1]) == 1
    assert multiple.grade(longer, RIGHT) == 1
    assert multiple.grade(longer, WRONG) == 0
    shown = multiple.redraw(longer, accepted, draw_with(1))
    assert {choice.key for choice in shown if choice.is_right} == set(accepted)
    shown = multiple.redraw(longer, RIGHT[:1], draw_with(1))
    assert {choice.key for choice in shown if choice.is_right} == set(RIGHT)


def test_an_answer_is_readable_in_the_order_of_the_choices():
    assert multiple.readable(BODY, [KEYS[2], KEYS[0]]) == "Clear examples; A list"
