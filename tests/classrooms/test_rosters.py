import pytest
from hypothesis import given
from hypothesis import strategies as st

from tendril.classrooms import roster_text, rosters
from tendril.classrooms.roster_archive import MOST_BYTES
from tendril.classrooms.roster_text import (
    MOST_LINES,
    UnreadableRoster,
    guard,
    unguard,
)
from tendril.classrooms.rosters import Row, groups_cell, groups_in

LIST = "name,group\nZoë,Red\nBen,Blue\n"


def read(text, encoding="utf-8"):
    return rosters.read([text.encode(encoding)])


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"], ids=str
)
def test_letters_are_read_in_every_encoding_that_spreadsheets_write(encoding):
    rows = read(LIST, encoding)

    assert rows == [
        Row(2, name="Zoë", groups=("Red",)),
        Row(3, name="Ben", groups=("Blue",)),
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_cells_are_cut_at_every_usual_separator(separator, line_end):
    text = LIST.replace(",", separator).replace("\n", line_end)

    assert read(text) == read(LIST)


def test_a_separator_that_excel_names_in_the_first_line_is_used():
    rows = read("sep=;\r\nname;groups\r\nAna;Red, Blue\r\n")

    assert rows == [Row(3, name="Ana", groups=("Red, Blue",))]


@pytest.mark.parametrize(
    "head",
    [
        "First Name,Last Name",
        "given_name,family_name",
        "Vorname,Nachname",
        "Vorname,Name",
        "Prénom,Nom",
        "NOMBRE,Apellidos",
        "Voornaam,Achternaam",
    ],
)
def test_columns_are_known_by_many_names(head):
    assert [row.name for row in read(f"{head}\nAna,Berg\n")] == ["Ana"]


def test_of_a_family_name_an_initial_is_kept_where_two_share_a_first_name():
    rows = read("first name,last name\nAna,Berg\nana,Cole\nBen,Dahl\n")

    assert [row.name for row in rows] == ["Ana B.", "ana C.", "Ben"]


def test_family_names_alone_are_names():
    assert [row.name for row in read("surname\nBerg\n")] == ["Berg"]


def test_a_list_without_a_head_has_one_name_on_each_line():
    rows = read("Ana\n\n  Ben   Carl \n")

    assert rows == [Row(1, name="Ana"), Row(3, name="Ben Carl")]


def test_columns_without_a_head_are_not_guessed():
    with pytest.raises(UnreadableRoster, match="must say what each column holds"):
        read("Ana,Red\nBen,Blue\n")


def test_all_columns_are_read_and_others_left_where_they_are():
    rows = read(
        "E-mail,Username,Name,Date of birth,Groups,Roster ID\n"
        "a@b.example,ANA7,Ana,2015-03,Red; Blue;red,x-1\n"
    )

    assert rows == [
        Row(2, "Ana", "ana7", "2015-03", ("Red", "Blue", "red"), roster_id="x-1")
    ]


def test_a_row_keeps_its_line_after_cells_of_several_lines():
    rows = read('name,group\n"Ana\nMaria",Red\n\nBen,Blue\n')

    assert [(row.line, row.name) for row in rows] == [(2, "Ana Maria"), (5, "Ben")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "nobody in this list"),
        (b"\n \n,,\n", "nobody in this list"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not a text file"),
        (bytes(range(1, 32)) * 9, "not a text file"),
        ("name\nAna".encode("utf-16-le"), "not a text file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a workbook, not a list"),
        (b"\xff\xfename\0", "not a text file"),
        (b"\x81\x8d\x8f", "not a text file"),
        (b"a" * (MOST_BYTES + 1), "larger than 5 MB"),
        (b'name\nAna\n"Ben\nCara\n', "Line 3 cannot be read"),
        (b'name\n"' + b"a" * 200_000 + b'"', "Line 2 .* far too long, or a quotation"),
        (b"name\n" + b"," * 101, "Line 2 has more than 100 columns"),
        (b"name\n" + b"Ana\n" * 5000, "has 5000 students.* up to 400"),
    ],
)
def test_what_is_no_list_is_refused_in_one_sentence(content, message):
    with pytest.raises(UnreadableRoster, match=message) as refused:
        rosters.read([content])

    assert len(refused.value.messages) == 1


def test_lists_that_are_too_long_are_given_up_before_their_end(monkeypatch):
    """However many files they are: a few kilobytes unpack to millions of lines."""
    names = b"Ana\n" * (MOST_LINES // 2)
    read_lines, made = [], roster_text.Record

    def counted(line, cells):
        read_lines.append(line)
        return made(line, cells)

    monkeypatch.setattr(roster_text, "Record", counted)
    with pytest.raises(UnreadableRoster, match="more than 60000 lines together"):
        rosters.read([names, b"Ben\n" + names + b"\n" * 999_999])

    assert len(read_lines) == MOST_LINES


def test_lists_that_are_too_large_together_are_refused():
    half = (b"a" * 1023 + b"\n") * (MOST_BYTES // 2048)

    with pytest.raises(UnreadableRoster, match="larger than 5 MB when they are unp"):
        rosters.read([half, half, b"a"])


def test_two_lists_at_once_are_refused():
    with pytest.raises(UnreadableRoster, match="do not belong together"):
        rosters.read([b"name\nAna", b"name\nBen"])


def test_four_hundred_students_are_taken():
    assert len(read("name\n" + "Ana\n" * 400)) == 400


def test_typed_names_stand_one_on_each_line():
    rows = rosters.read_names("Ana\r\n\r\n Ben  Carl\n")

    assert rows == [Row(1, "Ana"), Row(3, "Ben Carl")]
    with pytest.raises(UnreadableRoster, match="Line 2 holds a comma"):
        rosters.read_names("Ana\nBen, Cara")
    with pytest.raises(UnreadableRoster, match="has 401 students"):
        rosters.read_names("Ana\n" * 401)


def test_a_row_is_kept_and_taken_out_again():
    row = Row(2, "Ana", "ana7", "2015-03", ("Red",), "x-1", is_undescribed=True)

    assert Row.of(row.kept()) == row


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@a", "'=1", "''@a", "\tx"])
def test_formulas_are_guarded_and_read_back_as_they_were(cell):
    assert guard(cell) == f"'{cell}"
    assert unguard(guard(cell)) == cell


@pytest.mark.parametrize("cell", ["", "Ana", "'Ana", "D'Arcy", "1=1", "a@b"])
def test_what_is_no_formula_stays_as_it_is(cell):
    assert guard(cell) == unguard(cell) == cell


def test_a_formula_in_a_list_is_data_with_or_without_its_apostrophe():
    assert [row.name for row in read("name\n'=Ana\n=Ana\n")] == ["=Ana", "=Ana"]


@given(st.text())
def test_any_cell_survives_its_guard(cell):
    assert unguard(guard(cell)) == cell


@given(st.lists(st.text(alphabet="ab;\\ ,", max_size=6), max_size=4))
def test_names_of_groups_survive_their_cell(names):
    tidy = [" ".join(name.split()) for name in names]
    expected = tuple(dict.fromkeys(name for name in tidy if name))

    assert groups_in(groups_cell(expected)) == expected


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reading(content):
    try:
        found = rosters.read([content])
    except UnreadableRoster:
        return
    assert all(isinstance(row, Row) for row in found)
