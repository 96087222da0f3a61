import pytest

from lessons.problems import InvalidFiles
from lessons.yaml_files import MEND_YAML, read_yaml


@pytest.fixture
def file(tmp_path):
    return tmp_path / "file.yaml"


def told(file, text):
    """What is said of a text that begins in line 11."""
    with pytest.raises(InvalidFiles) as raised:
        read_yaml(file, text, first_line=11)
    return [str(p).removeprefix(f"{file}:") for p in raised.value.problems]


TRICKS = "YAML's &names, *references and !tags are not read here"
INDENT = "indent with spaces, as far as the other lines of this entry"
QUOTES = "put each text in quotes, closed by the quote that opened it"
COLON = "put a text that holds a colon in quotes, and indent like the line above"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: c: d\n", "12: this is not valid YAML (mapping values are not"),
        ("a: 1\nb: \x07", "12: this is not valid YAML (a character is not allowed)"),
        ("a: 1\nb: @c", "12: this is not valid YAML (found character that cannot"),
        (
            "a: 1\na: 2",
            "12: `a` is given twice: keep one, or begin another entry with `- ` before it",
        ),
        (
            "a: Question #1 is\nb: 2",
            "11: nothing behind #1 is read: put the whole text in quotes",
        ),
        ("a:\n  no: 2", "12: a key is not text: write a word as key"),
        ("a: &x 1\nb: *x", f"11: {TRICKS}: write the value out, or quote it"),
        ("a: 1\nb: !!set {}", f"12: {TRICKS}: write the value out, or quote it"),
        ("[" * 100_000, "11: lists are nested too deeply: flatten them"),
        ("# nothing", "11: there is nothing here: fill it in"),
    ],
)
def test_yaml_that_is_wrong_or_a_trick_is_refused_by_line(file, text, said):
    (problem,) = told(file, text)

    assert problem.startswith(said)


@pytest.mark.parametrize(
    ("text", "todo"),
    [
        ("a: one: two", COLON),
        ("a: 1\n b: 2", COLON),
        ("a:\n  - b: 1\n c: 2", INDENT),
        ("a: 1\n\tb: 2", "put spaces in place of the tab"),
        ("a:\n\t- b", "put spaces in place of the tab"),
        ("a: {text: 'It's hot', why: x}", QUOTES),
        ('a: {text: "hot, why: x}', "close the quote that stands open"),
        ("a: @b", MEND_YAML),
    ],
)
def test_what_is_no_yaml_is_told_with_what_helps(file, text, todo):
    (problem,) = told(file, text)

    assert "this is not valid YAML" in problem
    assert problem.endswith(f": {todo}")


@pytest.mark.parametrize(
    "text", ["a: 1  # the first", "a: '#1'", "a: b#1", "a: x #", "a: |\n  see #1"]
)
def test_comments_and_quoted_signs_are_fine(file, text):
    assert read_yaml(file, text).value


def test_values_are_plain_and_dates_stay_text(file):
    read = read_yaml(file, "{a: 2026-11, b: 2026-11-05, c: 12:30, d: 7, e: no, f: }")

    assert read.value == {
        "a": "2026-11",
        "b": "2026-11-05",
        "c": "12:30",
        "d": 7,
        "e": False,
        "f": None,
    }


def test_every_value_knows_its_line(file):
    read = read_yaml(file, "a: 1\nb:\n  - c: 2\n  - c: 3\n    d: 4\n", first_line=11)

    lines = [read.line("a"), read.line("b", 1), read.line("b", 1, "d")]
    assert lines == [11, 14, 15]
    assert read.line("b", 1, "nowhere") == 14
