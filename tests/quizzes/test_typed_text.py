import pytest

from quizzes.forms import DisputeForm, KeyForm, SettlingForm

NONE = "Say in a few words why you think so."
CONTROL = (
    "There is a control character in this text. Type it again instead of pasting it."
)


def errors(form):
    return [str(error) for messages in form.errors.values() for error in messages]


@pytest.mark.parametrize(
    "why", ["\u200b\u2060", "\u3164 \u2800", "\u202e\u202c", "\u0301", "\ufe0f", "\x00"]
)
def test_a_text_that_shows_nothing_is_none(why):
    assert errors(DisputeForm({"why": why})) == [NONE]


@pytest.mark.parametrize(
    "why", ["It is \u202eeman sti", "so \u2066it is", "a\x07b", "half \ud83d"]
)
def test_a_text_reads_as_it_was_written(why):
    assert errors(DisputeForm({"why": why})) == [CONTROL]
    assert errors(SettlingForm({"decision": "accept", "word": why})) == [CONTROL]
    assert errors(KeyForm({"reason": why})) == [CONTROL]


def test_a_no_needs_a_word_that_shows_something():
    form = SettlingForm({"decision": "decline", "word": "\u200b"})

    assert errors(form) == ["Say in a few words why it stays wrong."]


@pytest.mark.parametrize(
    "why",
    [
        "\u0645\u06cc\u200c\u062f\u0627\u0646\u0645",
        "\U0001f469\u200d\U0001f52c",
        "one\r\ntwo",
    ],
)
def test_what_scripts_need_and_new_lines_may_stand_in_a_text(why):
    form = DisputeForm({"why": why})

    assert form.is_valid()
    assert form.cleaned_data == {"why": why}


def test_a_text_that_is_refused_can_be_shown_again():
    assert DisputeForm({"why": "half \ud83d"})["why"].value() == "half "
