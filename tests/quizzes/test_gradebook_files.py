import csv
import io
import re
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given as drawn
from hypothesis import strategies as st

from quizzes.gradebook_files import RUNS, guarded
from quizzes.models import Override
from tests.factories import (
    AssignmentFactory,
    EnrolmentFactory,
    GroupFactory,
    LessonFactory,
    OverrideFactory,
    ProgressFactory,
)
from tests.quizzes.taken import HOUR, given, take

pytestmark = pytest.mark.django_db


class Table(HTMLParser):
    """The table of a page: each field as its first text, and the small ones in it."""

    def __init__(self, response):
        super().__init__()
        self.rows, self.is_small, self.field = [], False, None
        html = response.content.decode()
        self.feed(re.search(r"<table data-grid>.*?</table>", html, re.S)[0])

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.field = ["", []]
            self.rows[-1].append(self.field)
        elif tag == "small" or dict(attrs).get("class") in ("most", "quiet"):
            self.field[1].append("")
            self.is_small = True

    def handle_endtag(self, tag):
        self.is_small = self.is_small and tag not in ("small", "span")

    def handle_data(self, data):
        if self.field and data.strip():
            if self.is_small:
                self.field[1][-1] += data.strip()
            else:
                self.field[0] = self.field[0] or data.strip()


def lines(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.fixture
def mixed(classroom, teacher):
    """A class with something of everything."""
    seats = [EnrolmentFactory(classroom=classroom) for _ in range(12)]
    students = [seat.person for seat in seats]
    students[3].display_name = "=1+1"
    students[3].save()
    seats[2].roster_id = "0042"
    seats[2].save()
    GroupFactory(classroom=classroom, name="Kites").members.set(seats[:4])
    open_, hidden = given(classroom), given(classroom, by_teacher=True)
    some = given(classroom, some=True)
    some.students.set(students[:3])
    again = AssignmentFactory(classroom=classroom, quiz=open_.quiz)
    reading = AssignmentFactory(classroom=classroom, quiz=None, lesson=LessonFactory())
    ProgressFactory(student=students[0], lesson=reading.lesson, finished=True)
    ProgressFactory(student=students[1], lesson=reading.lesson)
    for number, student in enumerate(students[:8]):
        wrong = number % 6
        take(open_, student, wrong=wrong, right=6 - wrong)
        take(hidden, student, right=number % 6, open_=number % 3 == 0)
    late = timezone.now() - 6 * HOUR
    again.opens_at, again.due_at = late - HOUR, late
    again.save()
    take(again, students[5], wrong=4)
    for number, score in [(0, Decimal("2.25")), (8, Decimal(6)), (9, None)]:
        kind = Override.Kind.EXCUSED if score is None else Override.Kind.SCORE
        OverrideFactory(
            assignment=open_, student=students[number], kind=kind, score=score
        )
    return students


def pages(client, classroom, teacher, query=""):
    client.force_login(teacher)
    url = reverse("quizzes:gradebook", args=[classroom.pk])
    file_url = reverse("quizzes:gradebook_file", args=[classroom.pk])
    return client.get(f"{url}?{query}"), client.get(f"{file_url}?{query}")


@pytest.mark.parametrize("query", ["", "sort=-total", "group={group}"])
def test_the_table_and_the_file_say_the_same(client, classroom, teacher, mixed, query):
    query = query.format(group=classroom.groups.get().pk)
    page, file = pages(client, classroom, teacher, query)

    head, *rows = Table(page).rows
    file_head, *file_rows = lines(file)

    assert len(rows) == (4 if "group" in query else 12)
    titles = [" ".join([title, *map("({})".format, most)]) for title, most in head[2:]]
    assert file_head[3:-2:2] == titles
    for row, in_file in zip(rows, file_rows, strict=True):
        name, total, *cells = row
        assert guarded(name[0]) == in_file[0]
        assert [name[1][0]] == in_file[1:2]
        assert total[0] == total_text(in_file)
        said = zip(in_file[3:-2:2], in_file[4:-2:2], strict=True)
        assert [[score, ", ".join(small)] for score, small in cells] == list(
            map(list, said)
        )
    if "group" in query:
        return
    remarks = {remark for row in rows for cell in row[2:] for remark in cell[1]}
    assert remarks >= {"needs help", "late", "changed", "not started", "not shown"}


def total_text(in_file):
    points, most = in_file[-2:]
    return f"{points} of {most}" if points else ""


def test_the_file_for_people_opens_in_a_spreadsheet(client, classroom, teacher, mixed):
    _page, file = pages(client, classroom, teacher)

    assert file.content.startswith(b"\xef\xbb\xbf")
    assert file["Content-Type"] == "text/csv; charset=utf-8"
    assert (
        file["Content-Disposition"]
        == 'attachment; filename="gradebook-room-12-people.csv"'
    )
    assert file["Cache-Control"] == "private, no-store"


def test_the_file_for_canvas_has_its_columns_and_the_points_possible(
    client, classroom, teacher, mixed
):
    _page, file = pages(client, classroom, teacher, "for=canvas")

    head, possible, *rows = lines(file)
    assert head[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert possible[0].strip() == "Points Possible"
    assert possible[5:] == ["6"] * 4
    by_login = {row[3]: row for row in rows}
    assert by_login[mixed[2].username][2:5] == ["0042", mixed[2].username, "Room 12"]
    column = head.index(str(mixed[0].attempts.first().assignment.title))
    scores = {row[3]: row[5:] for row in rows}
    assert "2.25" in scores[mixed[0].username]
    assert "EX" in scores[mixed[9].username]
    assert column >= 5
    assert not file.content.startswith(b"\xef\xbb\xbf")


def test_the_file_for_moodle_names_students_and_has_bare_numbers(
    client, classroom, teacher, mixed
):
    _page, file = pages(client, classroom, teacher, "for=moodle")

    head, *rows = lines(file)
    assert head[:3] == ["Username", "ID number", "Full name"]
    scores = {row[0]: row[3:] for row in rows}
    assert "2.25" in scores[mixed[0].username]
    assert set(scores[mixed[9].username]) == {""}


def test_no_file_of_another_kind_is_made_up(client, classroom, teacher):
    _page, file = pages(client, classroom, teacher, "for=excel")

    assert file.status_code == 404


@drawn(st.text())
def test_no_text_of_ours_runs_in_a_spreadsheet(text):
    kept = guarded(text)

    assert not kept.lstrip(" ").startswith(RUNS)
    assert kept.endswith(text)


@pytest.mark.parametrize("text", ["=1+1", " =1", "@SUM(A1)", "+1", "-1", "\t=1"])
def test_what_would_run_is_shown_as_text(text):
    assert guarded(text) == f"'{text}"


def test_names_and_numbers_stay_as_they_are():
    assert [guarded(text) for text in ("Sam", "7.5", "", "a=b")] == [
        "Sam",
        "7.5",
        "",
        "a=b",
    ]
