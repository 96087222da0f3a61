from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.answers import NotAnAnswer
from quizzes.kinds import KINDS
from quizzes.marking import kind_of
from quizzes.models import Question
from quizzes.paper_typing import WAYS, read_typed, typed
from tests.quizzes.kinds import entries

SEED = 3
FIVE = [
    {"text": f"Choice {n}", **({"right": True} if n < 2 else {"why": "No."})}
    for n in range(5)
]


def question(kind, **fields):
    return Question(key="q1", kind=kind, body=entries.body(kind, **fields))


def letter_of(question, text):
    asked = kind_of(question).ask(question.body, [], entries.draw_with("3:q1"))
    return next(choice.letter for choice in asked if choice.text == text)


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_says_how_its_answers_are_typed_in(name):
    assert KINDS[name].ON_PAPER in WAYS


@pytest.mark.parametrize("name", KINDS)
@given(data=st.data())
def test_what_one_types_for_an_answer_is_read_as_that_answer(name, data):
    body = data.draw(entries.bodies(name))
    answer = data.draw(entries.answers(name, body))
    asked = Question(key="q1", kind=name, body=body)
    # A semicolon stands between blanks, so nobody can type one inside of them.
    if name == "gaps":
        answer = KINDS[name].read(body, [text.replace(";", "") for text in answer])

    read = read_typed(asked, typed(asked, answer, SEED), SEED)

    assert sorted(read) == sorted(answer) if name == "multiple" else read == answer


@pytest.mark.parametrize("name", KINDS)
@given(data=st.data())
def test_whatever_is_typed_is_an_answer_or_refused(name, data):
    asked = Question(key="q1", kind=name, body=data.draw(entries.bodies(name)))
    text = data.draw(st.text("aAbBcCxX0123456789 ,;:-→½\t", max_size=40) | st.text())

    answer = []
    with suppress(NotAnAnswer):
        answer = read_typed(asked, text, SEED)

    assert kind_of(asked).read(asked.body, answer) == answer


@pytest.mark.parametrize("typed_text", ["{0}{1}", "{1} {0}", "{0}, {1}", " {0}.{1} "])
def test_letters_may_stand_in_any_order_and_with_anything_between(typed_text):
    asked = question("multiple", choices=FIVE)
    letters = [letter_of(asked, "Choice 0"), letter_of(asked, "Choice 1")]
    text = typed_text.format(letters[0].lower(), letters[1])

    assert set(read_typed(asked, text, SEED)) == set(kind_of(asked).right(asked.body))


def test_an_unknown_letter_is_told_with_those_there_are():
    asked = question("single", choices=FIVE[1:])

    with pytest.raises(NotAnAnswer, match=r"no E .* letters from A to D"):
        read_typed(asked, "e", SEED)


def test_two_letters_for_one_choice_are_refused():
    asked = question("single", choices=FIVE[1:])

    with pytest.raises(NotAnAnswer, match="one answer only"):
        read_typed(asked, "a b", SEED)


def test_places_are_those_of_the_boxes_from_top_to_bottom():
    asked = question("order", items=["one", "two", "three"])
    rows = kind_of(asked).ask(asked.body, [], entries.draw_with("3:q1"))
    right = ["one", "two", "three"]
    places = [str(right.index(row.text) + 1) for row in rows]

    for text in ("".join(places), " ".join(places), ", ".join(places)):
        assert read_typed(asked, text, SEED) == kind_of(asked).right(asked.body)


@pytest.mark.parametrize("text", ["1 2", "1 2 3 4", "1 x 3", "12", "१ २ ३"])
def test_places_must_be_one_for_each_box(text):
    asked = question("order", items=["one", "two", "three"])

    with pytest.raises(NotAnAnswer, match="Type 3 numbers"):
        read_typed(asked, text, SEED)


def test_a_place_given_twice_is_refused_with_the_number():
    asked = question("order", items=["one", "two", "three"])

    with pytest.raises(NotAnAnswer, match="Two lines have number 1"):
        read_typed(asked, "1 1 3", SEED)


PAIRS = [{"left": "dog", "right": "barks"}, {"left": "cat", "right": "meows"}]


@pytest.mark.parametrize("text", ["1{0} 2{1}", "2{1},1{0}", "1-{0} 2-{1}", "{0}{1}"])
def test_pairs_may_be_numbered_or_letters_alone(text):
    asked = question("match", pairs=PAIRS)
    lefts = kind_of(asked).ask(asked.body, [], entries.draw_with("3:q1"))
    letters = [
        next(r.letter for r in left.rights if r.text == pair["right"])
        for left, pair in zip(lefts, PAIRS, strict=True)
    ]

    answer = read_typed(asked, text.format(*letters), SEED)

    assert answer == kind_of(asked).right(asked.body)


def test_a_line_left_open_is_typed_as_a_dash():
    asked = question("match", pairs=PAIRS)

    assert read_typed(asked, "-a", SEED) == read_typed(asked, "2a", SEED)


@pytest.mark.parametrize("text", ["3a", "0a", "abc", "1", "a1", "9" * 5000 + "a"])
def test_a_pair_of_no_line_is_refused(text):
    asked = question("match", pairs=PAIRS)

    with pytest.raises(NotAnAnswer, match="number from 1 to 2"):
        read_typed(asked, text, SEED)


def test_a_blank_may_be_left_open():
    blanks = [{"answers": ["alive"]}, {"answers": ["dead"]}]
    asked = question("gaps", text="It is ___, not ___.", blanks=blanks)

    assert read_typed(asked, "; dead", SEED) == ["", "dead"]
    assert read_typed(asked, "alive", SEED) == ["alive", ""]
    with pytest.raises(NotAnAnswer, match="more answers than blanks"):
        read_typed(asked, "a; b; c", SEED)


def test_nothing_typed_is_no_answer():
    for name in KINDS:
        assert read_typed(Question(key="q1", kind=name, body={}), " ", SEED) == []
