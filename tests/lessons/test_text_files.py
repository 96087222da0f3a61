import pytest

from lessons.problems import InvalidFiles
from lessons.text_files import read_text


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
        "1: there is no such file: write it, or rename the file that is meant"
    ]


def test_what_is_no_file_is_told(tmp_path):
    assert told(tmp_path, lambda: read_text(tmp_path)) == [
        "1: the file cannot be read (Is a directory): make it a readable file"
    ]
