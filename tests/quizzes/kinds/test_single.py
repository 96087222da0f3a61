import pytest

from quizzes.answers import NotAnAnswer
from quizzes.kinds import single
from tests.quizzes.kinds.entries import body, draw_with, entry

CHOICES = [
    {"text": "Clear examples", "right": True},
    {"text": "More colours", "why": "Colours teach a model nothing."},
    {"text": "A longer name", "why": "Names are not examples."},
]
BODY = body("single", choices=CHOICES)
RIGHT, COLOURS, NAME = (choice["key"] for choice in BODY["choices"])


def faults(choices):
    found = single.faults(entry("single", choices=choices))
    return [(fault.place, fault.what) for fault in found]


def test_the_right_choice_earns_the_points_and_a_wrong_one_none():
    assert single.grade(BODY, [RIGHT]) == 1
    assert single.grade(BODY, [COLOURS]) == 0
    assert single.grade(BODY, []) == 0


def test_keys_come_from_the_words_alone():
    turned = body("single", choices=[CHOICES[2], CHOICES[0], CHOICES[1]])

    assert [choice["key"] for choice in turned["choices"]] == [NAME, RIGHT, COLOURS]
    assert {len(key) for key in (NAME, RIGHT, COLOURS)} == {6}


def test_one_choice_of_this_question_is_an_answer():
    assert single.read(BODY, ["", COLOURS]) == [COLOURS]
    assert single.read(BODY, [""]) == []


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ([RIGHT, NAME], "Choose one answer only."),
        (["000000"], "That choice is not one of this question's. Choose one below."),
    ],
)
def test_anything_else_is_refused(raw, message):
    with pytest.raises(NotAnAnswer) as refusal:
        single.read(BODY, raw)

    assert str(refusal.value) == message


def test_what_is_asked_has_letters_in_the_order_drawn():
    asked = single.ask(BODY, [NAME], draw_with(3))

    assert [choice.letter for choice in asked] == ["A", "B", "C"]
    assert {choice.key for choice in asked} == {RIGHT, COLOURS, NAME}
    assert [choice.key for choice in asked if choice.is_picked] == [NAME]
    assert not any(choice.is_right or choice.why for choice in asked)


def test_a_marked_answer_stands_as_it_was_asked():
    asked = single.ask(BODY, [NAME], draw_with(3))
    shown = single.redraw(BODY, [NAME], draw_with(3))

    assert [choice.key for choice in shown] == [choice.key for choice in asked]
    assert [choice.key for choice in shown if choice.is_right] == [RIGHT]
    assert {choice.key: choice.why for choice in shown}[NAME] == CHOICES[2]["why"]


def test_an_answer_is_readable_in_the_words_of_its_choice():
    assert single.readable(BODY, [COLOURS]) == "More colours"


def test_an_accepted_choice_is_right_beside_the_first():
    longer = single.extend(BODY, [NAME])

    assert single.grade(longer, [NAME]) == 1
    assert single.grade(longer, [RIGHT]) == 1
    assert single.grade(longer, [COLOURS]) == 0
    assert single.grade(BODY, [NAME]) == 0


def test_faults_name_their_place():
    two_right = [*CHOICES[:2], {"text": "Both", "right": True}]

    assert faults(two_right) == [
        (("choices",), "the question q1 is single but has 2 right choices")
    ]
    assert faults(CHOICES[1:]) == [
        (("choices",), "the question q1 has no right choice")
    ]
    assert faults([*CHOICES, {"text": "more  COLOURS"}]) == [
        (("choices", 3), "the question q1 offers 'more  COLOURS' twice")
    ]
