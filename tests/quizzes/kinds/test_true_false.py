import struct

import pytest

from quizzes.answers import NotAnAnswer
from quizzes.kinds import true_false
from tests.quizzes.kinds.entries import body, draw_with


@pytest.fixture
def spanish(settings, tmp_path):
    """A catalogue of two words, as `compilemessages` writes it."""
    texts = [
        ("", "Content-Type: text/plain; charset=UTF-8\n"),
        ("False", "Falso"),
        ("True", "Verdadero"),
    ]
    words = [word.encode() for row in zip(*texts, strict=True) for word in row]
    begins = 28 + 8 * len(words)
    places = b""
    for word in words:
        places += struct.pack("<2I", len(word), begins)
        begins += len(word) + 1
    count = len(texts)
    header = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 0)
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = header + places + b"".join(word + b"\0" for word in words)
    (folder / "django.mo").write_bytes(catalogue)
    settings.LOCALE_PATHS = [tmp_path]


BODY = body("true_false", answer=False, why="It only counts words.")


def test_the_statement_holds_or_does_not():
    assert true_false.right(BODY) == ["false"]
    assert true_false.grade(BODY, ["false"]) == 1
    assert true_false.grade(BODY, ["true"]) == 0


def test_true_stands_before_false_whatever_is_drawn():
    for seed in range(9):
        asked = true_false.ask(BODY, [], draw_with(seed))
        assert [choice.key for choice in asked] == ["true", "false"]


def test_it_speaks_the_language_of_its_lesson(spanish):
    words = [
        [
            choice["text"]
            for choice in body("true_false", language, answer=True)["choices"]
        ]
        for language in ("es", "en")
    ]

    assert words == [["Verdadero", "Falso"], ["True", "False"]]


def test_the_wrong_choice_says_why():
    shown = true_false.redraw(BODY, ["true"], draw_with(1))

    assert [choice.why for choice in shown] == ["It only counts words.", ""]


@pytest.mark.parametrize("raw", [["maybe"], ["true", "false"], ["True"]])
def test_nothing_else_is_an_answer(raw):
    with pytest.raises(NotAnAnswer):
        true_false.read(BODY, raw)
