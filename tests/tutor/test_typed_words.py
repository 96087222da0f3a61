import pytest

from tutor import typed_words


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("  Why   does\n\tbread rise?  ", "Why does bread rise?"),
        ("Wh\u200by does bre\u00adad rise?", "Why does bread rise?"),
        ("\uff37\uff48\uff59?", "Why?"),
        ("cafe\u0301", "café"),
        ("¿Por qué?", "¿Por qué?"),
    ],
)
def test_a_question_is_kept_as_it_can_be_read(raw, kept):
    assert typed_words.read(raw) == kept


@pytest.mark.parametrize("raw", ["", "   ", "\u200b\u2060", "\u202e"])
def test_nothing_to_see_is_no_question(raw):
    with pytest.raises(typed_words.Empty):
        typed_words.read(raw)


def test_a_question_has_500_characters_at_the_most():
    assert typed_words.read("a" * 500) == "a" * 500

    with pytest.raises(typed_words.TooLong):
        typed_words.read("a" * 501)


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("k1ll", "kill"),
        ("d.i.e", "die"),
        ("\u043a\u0456ll", "kill"),
    ],
)
def test_the_rules_read_through_disguises(text, read_as):
    assert read_as in " ".join(typed_words.readings(text))


def test_what_is_encoded_is_read_too():
    assert any("kill" in each for each in typed_words.readings("a2lsbCBteXNlbGY="))
