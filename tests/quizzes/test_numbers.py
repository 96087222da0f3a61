from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.numbers import read_number, written

LANGUAGES = ["en", "de", "fr", "es", "xx"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        (" 007 ", 7),
        ("1,5", Fraction(3, 2)),
        ("1.5", Fraction(3, 2)),
        (".5", Fraction(1, 2)),
        (",5", Fraction(1, 2)),
        ("5.", 5),
        ("0,500", Fraction(1, 2)),
        ("0.500", Fraction(1, 2)),
        ("1234,567", Fraction(1234567, 1000)),
        ("0.1", Fraction(1, 10)),
        ("1 500", 1500),
        ("1\u00a0500", 1500),
        ("1\u202f500", 1500),
        ("1'500", 1500),
        ("1\u2019500", 1500),
        ("1 500 000,25", Fraction(6000001, 4)),
        ("1,500.5", Fraction(3001, 2)),
        ("1.500,5", Fraction(3001, 2)),
        ("1,500,000", 1500000),
        ("1.500.000", 1500000),
        ("3/4", Fraction(3, 4)),
        ("3\u20444", Fraction(3, 4)),
        ("5/4", Fraction(5, 4)),
        ("1 3/4", Fraction(7, 4)),
        ("-1 3/4", Fraction(-7, 4)),
        ("½", Fraction(1, 2)),
        ("1½", Fraction(3, 2)),
        ("1 ½", Fraction(3, 2)),
        ("\u2212½", Fraction(-1, 2)),
        ("-5", -5),
        ("\u22125", -5),
        ("\u2013 5", -5),
        ("+5", 5),
        ("٣", 3),
        ("\uff17", 7),
        ("\u200e5", 5),
    ],
)
def test_a_number_is_read_exactly(text, number, language):
    assert read_number(text, language) == number


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("1,500", "en", 1500),
        ("1,500", "de", Fraction(3, 2)),
        ("1,500", "fr", Fraction(3, 2)),
        ("1.500", "en", Fraction(3, 2)),
        ("1.500", "de", 1500),
        ("1.500", "es", 1500),
    ],
)
def test_three_digits_behind_one_sign_are_read_by_language(text, language, number):
    assert read_number(text, language) == number


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    [
        *["", "-", ".", "/", "five", "about 5", "5 or 6", "1e999", "1e3", "NaN", "inf"],
        *[
            "-inf",
            "3/0",
            "0/0",
            "1 3/0",
            "3/-4",
            "1.5/2",
            "1 4/3",
            "½½",
            "½/2",
            "1/2/3",
        ],
        *["--5", "+-5", "1.5.3", "1,50,000.5", "1 50", "0 500", "12 34", "1,500 000"],
        *["5²", "①", "1_000", "0x10", "5\0", "5\n5", "9" * 41, "9" * 100_000, "\ud800"],
    ],
)
def test_what_says_no_number_is_none(text, language):
    assert read_number(text, language) is None


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("20 %", ["%"]),
        ("20%", ["%"]),
        ("%20", ["%"]),
        ("€20", ["€"]),
        ("20\u00a0€", ["€"]),
        ("20 km/h", ["km/h"]),
        ("20 KM / H", ["km/h"]),
        ("20km/h.", ["km/h"]),
        ("20 kilometres", ["km", "kilometres"]),
        ("20 m²", ["m²"]),
        ("20 m2", ["m²"]),
        ("20 ㎡", ["m²"]),
        ("20 ℃", ["°C"]),
        ("20 t CO2", ["t CO₂"]),
        ("20", ["km"]),
    ],
)
def test_the_unit_may_stand_before_or_behind(text, units):
    assert read_number(text, "en", units) == 20


def test_a_minus_may_stand_before_the_unit_or_behind_it():
    assert read_number("-€5", "en", ["€"]) == -5
    assert read_number("€-5", "en", ["€"]) == -5


@pytest.mark.parametrize(
    "text", ["5 m", "5 kmh", "km", "5 km km", "km 5 km", "5 000 m"]
)
def test_another_unit_is_none(text):
    assert read_number(text, "en", ["km"]) is None


@pytest.mark.parametrize(
    ("number", "language", "unit", "text"),
    [
        ("2026", "en", "", "2026"),
        ("12500.5", "en", "", "12,500.5"),
        ("12500.5", "de", "", "12.500,5"),
        ("12500.5", "fr", "", "12\u00a0500,5"),
        ("-12500", "en", "km", "-12,500\u00a0km"),
        ("1E+2", "en", "", "100"),
        ("20.0", "en", "%", "20%"),
        ("20", "de", "%", "20\u00a0%"),
        ("-5", "en", "€", "-€5"),
        ("5.5", "de", "€", "5,5\u00a0€"),
        ("90", "de", "°", "90°"),
        ("0", "en", "", "0"),
    ],
)
def test_a_number_is_written_as_its_language_does(number, language, unit, text):
    assert written(Decimal(number), language, unit) == text


@given(
    st.decimals(-(10**9), 10**9, places=4),
    st.sampled_from(LANGUAGES),
    st.sampled_from(["", "km", "%", "€", "m²", "°"]),
)
def test_what_is_written_reads_as_itself(number, language, unit):
    text = written(number, language, unit)

    assert read_number(text, language, [unit] if unit else []) == Fraction(number)


@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
def test_any_text_can_be_read(text, language):
    read_number(text, language, ["km", "€", text])
