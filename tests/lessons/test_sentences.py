import pytest

from lessons.sentences import spans, words


@pytest.mark.parametrize(
    "sentences",
    [
        ["One.", "Two!", "Three?", "Four"],
        ["The price is 3.5 units.", "It was 3.", "Then it rose."],
        ["Mr. Smith met Dr. Jones, e.g. On Monday.", "They spoke."],
        ["J. R. Smith wrote it.", "Plan B. was lost"],
        ['"All cows lay eggs."', "You sounded sure."],
        ['"Are you sure?" is a fair thing to ask.', "It is no check."],
        ["Wait… what?", "It grew...", "Then it fell."],
        ["(This too.)", "“Quoted.”", "¿Qué?", "Sí."],
        ["See no. 5 of the list.", "Say no.", "Then go."],
    ],
)
def test_a_text_is_divided_into_its_sentences(sentences):
    text = "  ".join(sentences)

    assert [text[start:end] for start, end in spans(text)] == sentences


def test_a_text_of_spaces_has_no_sentences():
    assert spans("  \n ") == []


def test_a_word_may_hold_hyphens_apostrophes_and_points():
    assert words("It's a well-known 3.5, isn't it?") == [
        "It's",
        "a",
        "well-known",
        "3.5",
        "isn't",
        "it",
    ]
