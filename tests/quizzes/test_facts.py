import pytest

from quizzes.facts import facts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was built in 1889.", ["1889"]),
        ("A rise of 40 percent, or 12.5 % a year.", ["40 percent", "12.5 %"]),
        ("What per cent is that?", ["per cent"]),
        ("It costs \u20ac3.50 or $ 4 here.", ["\u20ac3.50", "$ 4"]),
        ("Some 3 million people, 10,000 of them here.", ["3 million", "10,000"]),
        ("A letter by Ada Lovelace says so.", ["Ada Lovelace"]),
        ("The World Health Organization says so.", ["World Health Organization"]),
        ("They asked Dr Jane Goodall.", ["Jane Goodall"]),
        ("They use ChatGPT and an iPhone.", ["ChatGPT", "iPhone"]),
        ("It ran on GPT-4 there.", ["GPT-4"]),
    ],
)
def test_what_needs_a_source_is_found_as_it_stands(text, found):
    assert list(facts(text)) == found


@pytest.mark.parametrize(
    "text",
    [
        "Cut 12 leaves into 3 heaps, in 40 minutes.",
        "When Mira wrote to Ben, Kofi laughed.",
        "They asked Ms Field. Dr Okafor nodded, and so did Mr Hill.",
        "A QR code leads to the PDF, and an AI model reads it at 8 a.m. on Monday.",
        "I know what I am doing.",
    ],
)
def test_small_numbers_and_people_of_stories_need_none(text):
    assert list(facts(text)) == []
