from fractions import Fraction

import pytest

from quizzes.answers import NotAnAnswer
from quizzes.kinds import gaps
from tests.quizzes.kinds.entries import body, draw_with, entry

FIRST = {
    "answers": ["examples", "samples"],
    "wrong": [{"text": "rules", "why": "Nobody writes rules for it."}],
}
BODY = body(
    "gaps",
    text="A model learns from ___ and keeps ____.",
    blanks=[FIRST, {"answers": ["patterns"], "forgiving": False}],
)

CONTROL_CHARACTER = (
    "There is a control character in your answer. "
    "Type the answer again instead of pasting it."
)


def faults(**fields):
    return [(f.place, f.what) for f in gaps.faults(entry("gaps", **fields))]


@pytest.mark.parametrize(
    ("answer", "share"),
    [
        (["examples", "patterns"], 1),
        (["Samples!", "PATTERNS"], 1),
        (["exmaples", "patterns"], 1),
        (["examples", "pattern"], Fraction(1, 2)),
        (["", "patterns"], Fraction(1, 2)),
        (["patterns", "examples"], 0),
        ([], 0),
    ],
)
def test_each_blank_filled_rightly_earns_its_share(answer, share):
    assert gaps.grade(BODY, answer) == share


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        ([" examples ", "my  patterns"], ["examples", "my patterns"]),
        (["", "patterns"], ["", "patterns"]),
        (["examples"], ["examples", ""]),
        (["\u200b", "patterns"], ["", "patterns"]),
        (["", " "], []),
        ([], []),
    ],
)
def test_an_answer_has_a_text_for_each_blank(raw, answer):
    assert gaps.read(BODY, raw) == answer


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (
            ["a", "b", "c"],
            "There are more answers than blanks. Fill in the blanks below.",
        ),
        (
            ["a", "b" * 101],
            "Blank 2: That is too long. Write 100 characters at most.",
        ),
        (
            ["a\x07", "b"],
            f"Blank 1: {CONTROL_CHARACTER}",
        ),
    ],
)
def test_what_does_not_fit_the_blanks_is_refused(raw, message):
    with pytest.raises(NotAnAnswer) as refusal:
        gaps.read(BODY, raw)

    assert str(refusal.value) == message


def test_the_text_is_asked_in_parts():
    assert gaps.ask(BODY, ["", "x"], draw_with(1)) == [
        gaps.Text("A model learns from "),
        gaps.Blank(1, ""),
        gaps.Text(" and keeps "),
        gaps.Blank(2, "x", after="."),
    ]


def test_a_sign_behind_a_blank_stays_in_its_line():
    words = [{"answers": ["a"]}, {"answers": ["b"]}]
    quoted = body("gaps", text="“___”, then ___!", blanks=words)

    assert gaps.ask(quoted, [], draw_with(1)) == [
        gaps.Text("“"),
        gaps.Blank(1, "", after="”,"),
        gaps.Text(" then "),
        gaps.Blank(2, "", after="!"),
    ]


def test_a_blank_may_open_or_close_the_text():
    words = [{"answers": ["a"]}, {"answers": ["b"]}]
    bare = body("gaps", text="___ or ___", blanks=words)

    assert gaps.ask(bare, [], draw_with(1)) == [
        gaps.Blank(1, ""),
        gaps.Text(" or "),
        gaps.Blank(2, ""),
    ]


def test_too_many_texts_can_be_shown_again():
    asked = gaps.ask(BODY, ["a", "b", "c"], draw_with(1))

    assert [part.value for part in asked if part.number] == ["a", "b"]


def test_a_marked_answer_shows_each_blank():
    shown = gaps.redraw(BODY, ["Rules", "patterns"], draw_with(1))

    assert [part for part in shown if part.number] == [
        gaps.MarkedBlank(
            1,
            "Rules",
            False,
            "examples",
            "Nobody writes rules for it.",
            False,
            others=("samples",),
        ),
        gaps.MarkedBlank(2, "patterns", True, "patterns", "", False, "."),
    ]
    shown = gaps.redraw(BODY, ["smaples", ""], draw_with(1))
    assert [part for part in shown if part.number] == [
        gaps.MarkedBlank(1, "smaples", True, "samples", "", True, "", ("samples",)),
        gaps.MarkedBlank(2, "", False, "patterns", "", False, "."),
    ]


def test_accepted_texts_are_right_in_their_own_blank():
    longer = gaps.extend(BODY, ["stories", "rules"])

    assert gaps.grade(longer, ["stories", "rules"]) == 1
    assert gaps.grade(longer, ["stories", "patterns"]) == 1
    assert gaps.grade(longer, ["rules", "stories"]) == 0


def test_a_blank_left_open_is_not_accepted():
    longer = gaps.extend(BODY, ["stories", ""])

    assert gaps.grade(longer, ["stories", ""]) == Fraction(1, 2)
    assert gaps.extend(BODY, []) == BODY


def test_an_answer_is_readable_with_its_open_blanks():
    assert gaps.readable(BODY, ["", "patterns"]) == "…; patterns"


def test_faults_name_their_place():
    one = {"answers": ["a"]}

    assert faults(text="___ and ___", blanks=[one]) == [
        (("blanks",), "the question q1 has 2 ___ in `text`, 1 in `blanks`")
    ]
    assert faults(text="___ and ___", blanks=[one, {"answers": ["b", "B"]}]) == [
        (("blanks", 1, "answers", 1), "blank 2 of the question q1 lists 'B' twice")
    ]
