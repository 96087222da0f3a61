import pytest

from lessons.problems import InvalidFiles
from lessons.text_files import read_text, read_yaml


@pytest.fixture
def file(tmp_path):
    return tmp_path / "file.yaml"


def told(file, call):
    with pytest.raises(InvalidFiles) as raised:
        call()
    return [str(p).removeprefix(f"{file}:") for p in raised.value.problems]


def test_line_ends_and_byte_order_mark_make_no_difference(file):
    file.write_bytes("\ufeffone\r\ntwo\r\n".encode())

    assert read_text(file) == "one\ntwo\n"


def test_a_huge_file_is_refused_without_being_read(file):
    with file.open("wb") as handle:
        handle.truncate(50_000_000)
    file.chmod(0)

    assert told(file, lambda: read_text(file)) == [
        "1: the file is 50,000,000 bytes: keep it under 1 MB"
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "1: the file is empty: write it, or take it away"),
        (b" \n\n", "1: the file is empty: write it, or take it away"),
        (
            "eins\nM\u00e4rz".encode("latin-1"),
            "2: the file is not UTF-8: save it again with the encoding UTF-8",
        ),
        (b"a\nb\0c", "2: there is a NUL character: take it out"),
    ],
)
def test_what_is_no_text_is_refused_by_line(file, data, said):
    file.write_bytes(data)

    assert told(file, lambda: read_text(file)) == [said]


def test_a_missing_file_is_told(file):
    assert told(file, lambda: read_text(file)) == [
        (
            "1: the file cannot be read (No such file or directory): "
            "make it a readable file"
        )
    ]


TRICKS = "YAML's &names, *references and !tags are not read here"
MEND = "mend the line, and quote text that holds a colon or special sign"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: c: d\n", "12: this is not valid YAML (mapping values are not"),
        ("a: 1\nb: \x07", "12: this is not valid YAML (a character is not allowed)"),
        ("a: 1\nb: @c", "12: this is not valid YAML (found character that cannot"),
        ("a: 1\na: 2", "12: `a` is given twice: keep one of the two"),
        ("a:\n  no: 2", "12: a key is not text: write a word as key"),
        ("a: &x 1\nb: *x", f"11: {TRICKS}: write the value out, or quote it"),
        ("a: 1\nb: !!set {}", f"12: {TRICKS}: write the value out, or quote it"),
        ("[" * 100_000, "11: lists are nested too deeply: flatten them"),
        ("# nothing", "11: there is nothing here: fill it in"),
    ],
)
def test_yaml_that_is_wrong_or_a_trick_is_refused_by_line(file, text, said):
    (problem,) = told(file, lambda: read_yaml(file, text, first_line=11))

    assert problem.startswith(said)
    assert ("not valid YAML" not in problem) or problem.endswith(MEND)


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
