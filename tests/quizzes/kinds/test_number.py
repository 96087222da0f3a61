import pytest
from django.template.loader import get_template
from pydantic import ValidationError

from quizzes.answers import NotAnAnswer
from quizzes.kinds import number
from tests.quizzes.kinds.entries import body, draw_with, entry

KILOMETRES = body("number", value=1.5, unit="km", units=["kilometres"])
ABOUT_12000 = body("number", "de", value=12000, tolerance=0.5, unit="%")


def faults(**fields):
    return [(f.place, f.what) for f in number.faults(entry("number", **fields))]


@pytest.mark.parametrize(
    "text", ["1.5", "1,5", "3/2", "1 1/2", "1½ km", "+1.50 kilometres", "km 1.5"]
)
def test_however_it_is_written_the_number_counts(text):
    assert number.grade(KILOMETRES, number.read(KILOMETRES, [text])) == 1


@pytest.mark.parametrize("value", [12, -12])
def test_every_keyboard_has_a_minus_which_tells_nothing_of_the_sign(value):
    asked = number.ask(body("number", value=value), [], draw_with(1))
    item = {"pk": 1, "name": "q1", "ask": asked}

    field = get_template("quizzes/kinds/number.html#ask").render({"item": item})

    assert 'inputmode="text"' in field


def test_another_number_earns_nothing():
    assert number.grade(KILOMETRES, ["1.51"]) == 0
    assert number.grade(KILOMETRES, ["-1.5"]) == 0
    assert number.grade(KILOMETRES, []) == 0


@pytest.mark.parametrize(
    ("text", "share"),
    [("12.000,5", 1), ("11 999,5", 1), ("12000,51", 0), ("11999,49", 0)],
)
def test_what_lies_within_the_tolerance_is_right(text, share):
    assert number.grade(ABOUT_12000, [text]) == share


def test_tenths_are_tenths():
    tenths = body("number", value=0.3, tolerance=0.1)

    assert number.grade(tenths, ["0.2"]) == 1
    assert number.grade(tenths, ["0.4"]) == 1


def test_the_text_is_kept_as_typed():
    assert number.read(KILOMETRES, [" 1½ km ", ""]) == ["1½ km"]
    assert number.readable(KILOMETRES, ["1½ km"]) == "1½ km"
    assert number.read(KILOMETRES, ["", " "]) == []


@pytest.mark.parametrize(
    "text", ["five", "1e999", "NaN", "inf", "3/0", "5 m", "9" * 41, "9" * 100_000, "\0"]
)
def test_what_says_no_number_is_told_what_to_write(text):
    plain = body("number", value=5)

    with pytest.raises(NotAnAnswer) as refusal:
        number.read(plain, [text])
    assert str(refusal.value) == "Write a number, such as 1.5 or 3/4."

    with pytest.raises(NotAnAnswer) as refusal:
        number.read(KILOMETRES, [text])
    assert str(refusal.value) == (
        "Write a number, such as 1.5 or 3/4, in this unit: km."
    )


def test_what_turns_the_direction_of_reading_is_refused():
    with pytest.raises(NotAnAnswer):
        number.read(KILOMETRES, ["\u202e51"])


def test_two_numbers_are_refused():
    with pytest.raises(NotAnAnswer, match="one number only"):
        number.read(KILOMETRES, ["1", "2"])


def test_the_form_shows_the_unit_and_what_was_typed():
    assert number.ask(KILOMETRES, [], draw_with(1)) == number.Line("", "km")
    assert number.ask(KILOMETRES, ["x"], draw_with(1)) == number.Line("x", "km")


def test_a_marked_answer_shows_the_number_as_its_language_writes_it():
    assert number.redraw(ABOUT_12000, ["1"], draw_with(1)) == number.Marked(
        "1", False, "12.000\u00a0%", "0,5\u00a0%"
    )
    assert number.redraw(KILOMETRES, ["3/2"], draw_with(1)) == number.Marked(
        "3/2", True, "1.5\u00a0km", ""
    )


def test_numbers_that_are_equal_are_the_same():
    texts = ["1.5", "1,50 km", "3/2", "1 ½"]

    assert {tuple(number.same(KILOMETRES, [text])) for text in texts} == {("3/2",)}


def test_an_accepted_number_is_right_however_it_is_written():
    longer = number.extend(KILOMETRES, ["2,5 km"])

    assert longer["also"] == ["2,5 km"]
    assert number.grade(longer, ["5/2"]) == 1
    assert number.extend(longer, ["2.50"]) == longer
    assert number.extend(KILOMETRES, []) == KILOMETRES


def test_faults_name_their_place():
    assert faults(value=1, units=["km"]) == [
        (("units",), "the question q1 has other units, but none that they stand for")
    ]
    assert faults(value=1, unit="2 km") == [
        (("unit",), "the question q1 has the unit '2 km', which starts a number")
    ]
    assert faults(value=1, unit="km", units=["m", "km"]) == [
        (("units", 1), "the question q1 has the unit 'km' twice")
    ]
    assert faults(value=1e300) == [
        (("value",), "the question q1 has an answer that is too long to type")
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"value": "1"},
        {"value": True},
        {"value": None},
        {"value": float("nan")},
        {"value": float("inf")},
        {"value": 1, "tolerance": -1},
        {"value": 1, "tolerance": "1"},
        {"value": 1, "unit": ""},
        {"value": 1, "unit": 5},
        {"value": 1, "units": [""]},
    ],
)
def test_an_entry_of_another_shape_is_refused(fields):
    with pytest.raises(ValidationError) as refusal:
        entry("number", **fields)

    assert refusal.value.error_count() == 1
