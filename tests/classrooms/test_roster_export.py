import csv
import io
import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tendril.classrooms.models import Enrolment, Group
from tendril.classrooms.roster_export import export
from tendril.classrooms.roster_plan import compare
from tendril.classrooms.rosters import read
from tests.factories import EnrolmentFactory, GroupFactory, UserFactory

pytestmark = pytest.mark.django_db

ODD = st.text(
    st.characters(exclude_categories=["Cs", "Cc"])
    | st.sampled_from("=+-@'\"\t\r\n;,\\"),
    max_size=30,
)


def table(text):
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def seat_of(classroom, **person):
    return EnrolmentFactory(
        classroom=classroom, person=UserFactory(managed_by=classroom, **person)
    )


def test_the_export_says_who_is_in_the_class(classroom, teacher, student):
    ana = seat_of(
        classroom, username="ana7", display_name="Ana", born_on=date(2015, 3, 1)
    )
    ana.roster_id = "a-1"
    ana.save()
    for name in ["Blue; or green", "Red"]:
        GroupFactory(classroom=classroom, name=name).members.add(ana)

    text = export(classroom, teacher=teacher)

    assert text.startswith("\ufeff")
    assert table(text) == [
        ["username", "name", "month of birth", "groups", "roster id"],
        ["ana7", "Ana", "2015-03", "Blue\\; or green; Red", "a-1"],
        # Made by the student: whose month of birth is nobody else's business.
        ["student", "Sam", "", "", ""],
    ]


@pytest.mark.parametrize("name", ["=A1", "+Ana", "-Ana", "@ana", "=cmd|'/C calc'!A0"])
def test_no_cell_is_a_formula(classroom, teacher, name):
    seat_of(classroom, display_name=name)

    [_head, row] = table(export(classroom, teacher=teacher))

    assert row[1] == f"'{name}"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_becomes_one_where_others_part_the_cells(classroom, teacher, separator):
    """Which sign that is depends on the language of the spreadsheet."""
    seat = seat_of(classroom)
    name = f"x{separator}=cmd|' /C calc'!A0"
    GroupFactory(classroom=classroom, name=name).members.add(seat)

    head, row, _end = export(classroom, teacher=teacher).split("\r\n")

    for line in (head, row):
        assert re.fullmatch(r'\ufeff?"[^"]*"(,"[^"]*"){4}', line)


def test_an_empty_class_gives_the_head_alone(classroom, teacher):
    assert len(table(export(classroom, teacher=teacher))) == 1


def test_who_is_in_very_many_groups_is_known_by_our_own_export(classroom, teacher):
    seat = seat_of(classroom)
    for number in range(30):
        GroupFactory(classroom=classroom, name=f"g{number}").members.add(seat)

    plan = plan_of_own_export(classroom, teacher)

    assert [line.state for line in plan.lines] == ["known"]


def plan_of_own_export(classroom, teacher, encoding="utf-8"):
    text = export(classroom, teacher=teacher)
    return compare(read([text.encode(encoding)]), classroom=classroom, teacher=teacher)


def test_importing_our_own_export_changes_nothing(
    classroom, teacher, co_teacher, student, classmate
):
    ana = seat_of(classroom, display_name="Ana")
    seat_of(classroom, display_name="Ana", born_on=None)
    seat_of(classroom, display_name="")
    ana.roster_id = "=a-1"
    ana.save()
    GroupFactory(classroom=classroom, name="Red; blue").members.add(ana)
    GroupFactory(classroom=classroom, name="red; Blue").members.add(ana)

    plan = plan_of_own_export(classroom, teacher)

    assert [line.state for line in plan.lines] == ["known"] * 5
    assert plan.missing == []


@given(st.lists(st.tuples(ODD, ODD, ODD), min_size=1, max_size=4))
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_importing_our_own_export_changes_nothing_whatever_the_names(
    classroom, teacher, told
):
    Enrolment.objects.filter(role="student").delete()
    Group.objects.all().delete()
    for place, (name, group, roster_id) in enumerate(told):
        seat = seat_of(classroom, display_name=name)
        seat.roster_id = f"{roster_id}{place}"
        seat.save()
        group, _made = Group.objects.get_or_create(
            classroom=classroom, name=f"g{group}"
        )
        group.members.add(seat)

    plan = plan_of_own_export(classroom, teacher)

    assert [line.state for line in plan.lines] == ["known"] * len(told), plan.lines


@pytest.mark.parametrize("students", [1, 30])
def test_more_students_cost_no_more_queries(
    classroom, teacher, django_assert_num_queries, students
):
    seats = [seat_of(classroom) for _n in range(students)]
    GroupFactory(classroom=classroom).members.add(*seats)

    with django_assert_num_queries(3):
        export(classroom, teacher=teacher)
