import base64
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.typed_words import (
    MOST,
    Empty,
    NotReadable,
    TooLong,
    outline,
    read,
    readings,
)

WISH = "i want to go home"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  What \n is\tAI? ", "What is AI?"),
        ("What\u00a0is\u3000AI", "What is AI"),
        ("\uff37\uff48\uff41\uff54 is \u2460", "What is 1"),
        ("wh\u200ba\u2060t is\u00ad AI", "what is AI"),
        ("what \u202eis\u202c AI\x00\x07", "what is AI"),
        ("blank\u3164here", "blank here"),
        ("cafe\u0301", "caf\u00e9"),
        ("e\u200b\u0301", "\u00e9"),
        ("half \ud83d", "half"),
        ("\u2764\ufe0f", "\u2764"),
    ],
)
def test_a_text_is_kept_in_one_form_with_nothing_hidden(typed, kept):
    assert read(typed) == kept


@pytest.mark.parametrize("typed", ["", " \n ", "\u200b\u2060", "\u3164", "\u0301"])
def test_a_text_that_shows_nothing_is_none(typed):
    with pytest.raises(Empty, match="Write your question first"):
        read(typed)


def test_a_question_may_be_as_long_as_it_may_be_and_no_longer():
    assert read("a" * MOST) == "a" * MOST
    with pytest.raises(TooLong) as refusal:
        read("a" * (MOST + 1))

    assert str(refusal.value) == "Your question has 501 characters. Keep it to 500."


def test_only_what_is_kept_counts():
    assert read("a" * MOST + "\u200b" * MOST) == "a" * MOST


@given(st.text())
def test_reading_twice_changes_nothing_more(typed):
    try:
        once = read(typed)
    except NotReadable:
        return

    assert read(once) == once


@pytest.mark.parametrize(
    "typed",
    [
        "I WANT to go HOME",
        "\u0456 w\u0430nt to g\u043e h\u043em\u0435",
        "\U0001d422 \U0001d430\U0001d41a\U0001d427\U0001d42d to go home",
        "i \u1d21\u1d00\u0274\u1d1b to go home",
        "\U0001f178 \U0001f146\U0001f130\U0001f13d\U0001f143 to go home",
        "i w\u00e4nt to g\u00f8 h\u00f3me",
        "i w\u0336a\u0336n\u0336t\u0336 to go home",
        "1 w4nt t0 g0 h0m3",
        "i w@nt to go home",
        "i w.a.n.t to go h-o-m-e",
        "i want to go h o m e",
        "i w\u200bant to go home",
    ],
)
def test_a_disguised_text_is_read_as_what_was_meant(typed):
    assert WISH in readings(typed)


@pytest.mark.parametrize(
    "typed", ["in 1914 and 1939", "3 + 4 = 7", "what is 10?", "yes! no! wait..."]
)
def test_numbers_and_signs_outside_of_words_stay(typed):
    assert readings(typed)[0] == typed


def test_what_was_encoded_is_read_as_well():
    encoded = base64.b64encode(WISH.encode()).decode()

    assert WISH in readings(encoded)
    assert WISH in readings(f"look: {encoded}")
    plain = "characteristics of photosynthesis"
    assert set(readings(plain)) == {plain, plain[::-1]}


def test_a_one_is_an_i_or_an_l():
    assert readings("te11 h1m")[:3] == ["te11 h1m", "teii him", "tell hlm"]


def test_signs_within_words_may_be_nothing():
    assert "go home" in readings("g-o ho.me")


@pytest.mark.parametrize(
    "typed",
    [WISH[::-1], "\u01dd\u026fo\u0265 o\u0183 o\u0287 \u0287u\u0250\u028d \u0131"],
)
def test_a_text_is_read_from_its_end_too(typed):
    assert any("go home" in reading or "to" in reading for reading in readings(typed))
    assert readings(WISH[::-1])[-1] == WISH


def test_a_plain_text_has_itself_and_its_mirror_to_read():
    assert readings(WISH) == [WISH, WISH[::-1]]


def test_each_sign_has_an_outline_of_one_letter():
    signs = map(chr, range(0x20, 0x3000))

    assert {len(outline(sign)) for sign in signs} == {1}
    assert len(outline(chr(sys.maxunicode))) == 1
