from fractions import Fraction

import pytest

from quizzes.answers import NotAnAnswer
from quizzes.kinds import order
from tests.quizzes.kinds.entries import body, draw_with, entry

BODY = body("order", items=["Collect", "Clean", "Train", "Test"])
A, B, C, D = order.right(BODY)


@pytest.mark.parametrize(
    ("answer", "share"),
    [
        ([A, B, C, D], 1),
        ([B, C, D, A], Fraction(2, 3)),
        ([A, B, D, C], Fraction(1, 3)),
        ([C, D, A, B], Fraction(2, 3)),
        ([D, C, B, A], 0),
        ([], 0),
    ],
)
def test_each_line_behind_the_right_one_earns_its_share(answer, share):
    assert order.grade(BODY, answer) == share


def test_numbers_give_an_order():
    assert order.read(BODY, [f"{A}:2", f"{B}:4", f"{C}:1", f"{D}:3"]) == [C, A, D, B]


def test_an_order_is_read_as_itself():
    assert order.read(BODY, [D, A, C, B]) == [D, A, C, B]


@pytest.mark.parametrize("raw", [[], [""] * 4, [f"{A}:", "", "", ""]])
def test_lines_without_a_number_are_no_answer(raw):
    assert order.read(BODY, raw) == []


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (
            [f"{A}:2", f"{B}:2", f"{C}:1", f"{D}:3"],
            "Two lines have number 2. Give each line a number of its own.",
        ),
        (
            [f"{A}:2", f"{B}:2", f"{C}:2", f"{D}:3"],
            "More than two lines have number 2. Give each line a number of its own.",
        ),
        (
            [f"{A}:2", "", f"{C}:1", ""],
            "Not used yet: 3, 4. Give each line a number of its own.",
        ),
        (
            [f"{A}:1", f"{A}:2", f"{C}:3", f"{D}:4"],
            "A line has two numbers. Give each line one number.",
        ),
        *[
            (
                [wrong, f"{B}:2"],
                "One of those lines is not this question's. Number the lines below.",
            )
            for wrong in ("000000:1", f"{A}:0", f"{A}:5", f"{A}:1e9", A, f"{A}:²")
        ],
    ],
)
def test_what_gives_no_order_is_refused(raw, message):
    with pytest.raises(NotAnAnswer) as refusal:
        order.read(BODY, raw)

    assert str(refusal.value) == message


def test_an_order_with_repeats_is_refused():
    with pytest.raises(NotAnAnswer):
        order.read(BODY, [A, A, B, C])


def test_lines_are_never_asked_in_their_right_order():
    shortest = body("order", items=["One", "Two", "Three"])
    right = order.right(shortest)

    orders = [
        tuple(row.key for row in order.ask(shortest, [], draw_with(seed)))
        for seed in range(200)
    ]

    assert tuple(right) not in orders
    assert len(set(orders)) == 5


def test_lines_are_not_asked_in_an_accepted_order_either():
    shortest = body("order", items=["One", "Two", "Three"])
    longer = order.extend(shortest, order.right(shortest)[::-1])

    for seed in range(100):
        asked = [row.key for row in order.ask(longer, [], draw_with(seed))]
        assert order.grade(longer, asked) < 1


def test_a_question_in_which_every_order_is_accepted_can_still_be_asked():
    shortest = body("order", items=["One", "Two", "Three"])
    a, b, c = order.right(shortest)
    for answer in ([a, c, b], [b, a, c], [b, c, a], [c, a, b], [c, b, a]):
        shortest = order.extend(shortest, answer)

    assert len(order.ask(shortest, [], draw_with(1))) == 3


@pytest.mark.parametrize(
    "picked", [[C, A, D, B], [f"{A}:2", f"{B}:4", f"{C}:1", f"{D}:3"]]
)
def test_a_given_order_is_shown_as_numbers(picked):
    asked = order.ask(BODY, picked, draw_with(1))

    assert {row.key: row.place for row in asked} == {C: 1, A: 2, D: 3, B: 4}
    for row in asked:
        assert [p.number for p in row.choices if p.is_picked] == [row.place]
        assert [p.value for p in row.choices] == [f"{row.key}:{n}" for n in range(1, 5)]


def test_a_refused_order_is_shown_as_it_was_numbered():
    asked = order.ask(BODY, [f"{A}:2", f"{B}:2", "", "x:1"], draw_with(1))

    assert {row.key: row.place for row in asked} == {A: 2, B: 2, C: None, D: None}


def test_a_marked_order_shows_which_lines_follow_rightly():
    shown = order.redraw(BODY, [B, C, A, D], draw_with(1))

    assert shown.rows == [
        order.MarkedRow("Clean", 2, False),
        order.MarkedRow("Train", 3, True),
        order.MarkedRow("Collect", 1, False),
        order.MarkedRow("Test", 4, False),
    ]
    assert shown.right == ["Collect", "Clean", "Train", "Test"]
    assert not shown.is_right
    assert all(row.follows for row in order.redraw(BODY, [A, B, C, D], None).rows)


def test_an_accepted_order_is_right_and_so_is_what_follows_it():
    longer = order.extend(BODY, [B, A, C, D])

    assert order.grade(longer, [B, A, C, D]) == 1
    assert order.grade(longer, [B, A, D, C]) == Fraction(1, 3)
    assert order.grade(longer, [A, C, D, B]) == Fraction(2, 3)
    shown = order.redraw(longer, [B, A, C, D], draw_with(1))
    assert shown.is_right
    assert shown.right == ["Clean", "Collect", "Train", "Test"]
    assert order.extend(longer, [B, A, C, D]) == longer
    assert order.extend(BODY, []) == BODY


def test_an_order_is_readable_in_the_words_of_its_lines():
    assert order.readable(BODY, [B, A, C, D]) == (
        "1. Clean; 2. Collect; 3. Train; 4. Test"
    )


def test_a_line_that_stands_twice_is_a_fault():
    twice = entry("order", items=["Clean", "Train", "clean!"])

    assert [(f.place, f.what) for f in order.faults(twice)] == [
        (("items", 2), "the question q1 has the line 'clean!' twice")
    ]
