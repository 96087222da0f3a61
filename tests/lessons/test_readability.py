import pytest

from lessons.readability import grade, syllables


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("house", 1),
        ("Table", 2),
        ("fine-tuning", 3),
        ("librarian\u2019s", 4),
        ("chatbots", 2),
        ("zibs", 1),
        ("hade", 1),
        ("x", 1),
    ],
)
def test_syllables_are_counted_as_spoken(word, count):
    assert syllables(word) == count


def test_the_grade_is_that_of_flesch_and_kincaid():
    sentences = [["The", "cat", "sat"], ["A", "table", "fell", "over", "today"]]

    # 8 words in 2 sentences, 11 syllables: 0.39 * 4 + 11.8 * 11 / 8 - 15.59
    assert grade(sentences) == pytest.approx(2.195)


def test_a_text_without_words_has_no_grade():
    assert grade([]) == 0
