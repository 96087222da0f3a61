from fractions import Fraction

import pytest

from quizzes.answers import NotAnAnswer
from quizzes.kinds import match
from tests.quizzes.kinds.entries import body, draw_with, entry

PAIRS = [
    {"left": "Dog", "right": "Animal"},
    {"left": "Rose", "right": "Plant"},
    {"left": "Cat", "right": "animal"},
    {"left": "Oak", "right": "Plant"},
]
BODY = body("match", pairs=PAIRS, extra=["Stone"])
DOG, ROSE, CAT, OAK = (left["key"] for left in BODY["lefts"])
KEYS = {right["text"]: right["key"] for right in BODY["rights"]}
ANIMAL, PLANT, STONE = KEYS["Animal"], KEYS["Plant"], KEYS["Stone"]
RIGHT = [f"{DOG}:{ANIMAL}", f"{ROSE}:{PLANT}", f"{CAT}:{ANIMAL}", f"{OAK}:{PLANT}"]


def faults(**fields):
    return [(f.place, f.what) for f in match.faults(entry("match", **fields))]


@pytest.mark.parametrize(
    ("answer", "share"),
    [
        (RIGHT, 1),
        (RIGHT[::-1], 1),
        (RIGHT[:3], Fraction(3, 4)),
        ([f"{DOG}:{STONE}", *RIGHT[1:]], Fraction(3, 4)),
        ([f"{DOG}:{PLANT}"], 0),
        ([], 0),
    ],
)
def test_each_line_that_is_matched_rightly_earns_its_share(answer, share):
    assert match.grade(BODY, answer) == share


def test_lines_that_share_a_partner_share_its_key():
    assert sorted(KEYS) == ["Animal", "Plant", "Stone"]
    assert match.right(BODY) == RIGHT


def test_pairs_are_read_in_the_order_of_the_left_side():
    assert match.read(BODY, RIGHT[::-1]) == RIGHT
    assert match.read(BODY, ["", f"{ROSE}:", RIGHT[3], RIGHT[0]]) == [
        RIGHT[0],
        RIGHT[3],
    ]


@pytest.mark.parametrize("raw", [[], ["", ""], [f"{DOG}:", f"{CAT}:"]])
def test_lines_without_a_partner_are_no_answer(raw):
    assert match.read(BODY, raw) == []


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (
            [f"{DOG}:{ANIMAL}", f"{DOG}:{PLANT}"],
            "A line is matched twice. Choose one partner for each line.",
        ),
        *[
            (
                [RIGHT[0], wrong],
                "One of those pairs is not this question's. Match the lines below.",
            )
            for wrong in (f"{DOG}:000000", f"000000:{PLANT}", DOG, f"{RIGHT[0]}:1")
        ],
    ],
)
def test_what_is_not_pairs_is_refused(raw, message):
    with pytest.raises(NotAnAnswer) as refusal:
        match.read(BODY, raw)

    assert str(refusal.value) == message


def test_each_line_offers_everything_once_in_the_order_drawn():
    asked = match.ask(BODY, [f"{ROSE}:{STONE}"], draw_with(1))

    assert [row.left for row in asked] == ["Dog", "Rose", "Cat", "Oak"]
    for row in asked:
        assert [right.letter for right in row.rights] == ["A", "B", "C"]
        assert [right.text for right in row.rights] == [
            right.text for right in asked[0].rights
        ]
        assert {right.value for right in row.rights} == {
            f"{row.key}:{key}" for key in (ANIMAL, PLANT, STONE)
        }
    picked = [right.value for row in asked for right in row.rights if right.is_picked]
    assert picked == [f"{ROSE}:{STONE}"]


def test_a_marked_answer_shows_what_was_given_and_what_is_right():
    shown = match.redraw(BODY, [RIGHT[0], f"{ROSE}:{STONE}"], draw_with(1))

    assert shown == [
        match.MarkedLeft("Dog", "Animal", "Animal", True),
        match.MarkedLeft("Rose", "Stone", "Plant", False),
        match.MarkedLeft("Cat", "", "Animal", False),
        match.MarkedLeft("Oak", "", "Plant", False),
    ]


def test_accepted_pairs_are_right_and_so_is_each_of_them():
    accepted = [f"{DOG}:{STONE}", f"{ROSE}:{STONE}", *RIGHT[2:]]
    longer = match.extend(BODY, accepted)

    assert match.grade(longer, accepted) == 1
    assert match.grade(longer, RIGHT) == 1
    assert match.grade(longer, accepted[:3]) == Fraction(3, 4)
    shown = match.redraw(longer, accepted, draw_with(1))
    assert [row.right for row in shown] == ["Stone", "Stone", "Animal", "Plant"]
    assert match.extend(longer, accepted) == longer
    assert match.extend(BODY, []) == BODY


def test_an_answer_accepted_with_open_lines_gives_nothing_for_open_lines():
    accepted = [f"{DOG}:{STONE}", RIGHT[1]]
    longer = match.extend(BODY, accepted)

    assert match.grade(longer, accepted) == 1
    assert match.grade(longer, accepted[:1]) == Fraction(1, 4)
    assert match.grade(longer, [accepted[0], *RIGHT[1:]]) == 1


def test_an_answer_is_readable_in_the_words_of_its_pairs():
    assert match.readable(BODY, [RIGHT[0], f"{ROSE}:{STONE}"]) == (
        "Dog → Animal; Rose → Stone"
    )


def test_faults_name_their_place():
    assert faults(pairs=[*PAIRS, {"left": "dog.", "right": "Stone"}]) == [
        (("pairs", 4, "left"), "the question q1 has 'dog.' twice on the left")
    ]
    assert faults(pairs=PAIRS, extra=["plant", "Stone", "stone"]) == [
        (("extra", 0), "the question q1 has 'plant' on the right already"),
        (("extra", 2), "the question q1 has 'stone' on the right already"),
    ]
    assert faults(pairs=[PAIRS[1], PAIRS[3]]) == [
        (("pairs",), "the question q1 has nothing to choose from on the right")
    ]
