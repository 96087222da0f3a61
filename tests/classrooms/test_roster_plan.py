from datetime import date

import pytest
from django.utils import timezone

from tendril.accounts.models import User
from tendril.classrooms.models import Group
from tendril.classrooms.roster_lines import State
from tendril.classrooms.roster_plan import compare
from tendril.classrooms.rosters import Row, read
from tests.factories import EnrolmentFactory, GroupFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def child(classroom, teacher):
    """Whose account the class has made."""
    child = UserFactory(
        username="cara7", display_name="Cara", managed_by=classroom, born_on=None
    )
    EnrolmentFactory(classroom=classroom, person=child, roster_id="c-1")
    return child


@pytest.fixture
def plan(classroom, teacher):
    def plan(text):
        rows = [Row(1, *text)] if isinstance(text, tuple) else read([text.encode()])
        return compare(rows, classroom=classroom, teacher=teacher)

    return plan


def states(plan):
    return [line.state for line in plan.lines]


def test_each_row_is_new_or_known_by_its_name(plan, student, classmate):
    found = plan("name\nSAM\nAna\n")

    assert states(found) == [State.KNOWN, State.NEW]
    assert found.lines[0].person == student
    assert found.lines[1].name == "Ana"
    assert [seat.person for seat in found.missing] == [classmate]


def test_what_differs_is_a_change(plan, child):
    GroupFactory(classroom=child.enrolments.get().classroom, name="Red")

    [line] = plan(
        "username,name,born,groups,id\ncara7,Carla,2015-03,red;Blue,c-2"
    ).lines

    assert line.state == State.CHANGED
    assert (line.name, line.born_on) == ("Carla", date(2015, 3, 1))
    assert (line.groups, line.roster_id) == (("Red", "Blue"), "c-2")


def test_only_groups_that_are_not_there_are_made(plan, child):
    GroupFactory(classroom=child.enrolments.get().classroom, name="Red")

    assert plan("name,group\nCara,red; Blue\nAna,Blue").new_groups == ["Blue"]


def test_a_new_group_is_one_whatever_its_capitals(plan, child):
    found = plan("name,group\nAna,Red\nBen,red\nCy,Blue; BLUE; RED")

    assert found.new_groups == ["Blue", "Red"]
    assert [line.groups for line in found.lines] == [
        ("Red",),
        ("Red",),
        ("Blue", "Red"),
    ]


def test_a_row_names_so_many_groups_and_no_more(plan):
    many = ";".join(f"g{number}" for number in range(20_000))
    found = plan(f"name,group\nAna,{many}\nBen,{';'.join(many.split(';')[:20])}")

    assert states(found) == [State.REFUSED, State.NEW]
    assert "a row may name 20" in found.lines[0].why
    assert len(found.new_groups) == 20


def test_a_list_makes_so_many_groups_and_no_more(plan):
    rows = [";".join(f"g{row}-{n}" for n in range(20)) for row in range(6)]
    listed = "\n".join(f"Ana {row},{groups}" for row, groups in enumerate(rows))

    found = plan(f"name,group\n{listed}\nBen,g0-1\n")

    assert states(found) == [State.NEW] * 5 + [State.REFUSED, State.NEW]
    assert "make 100 new groups already" in found.lines[5].why
    assert len(found.new_groups) == 100


def test_groups_of_a_row_that_is_refused_are_not_made(plan):
    assert plan("name,group\nwww.x.example,Red\nAna,red").new_groups == ["red"]


def test_empty_cells_change_nothing(plan, child, classroom):
    group = GroupFactory(classroom=classroom)
    group.members.add(child.enrolments.get())

    found = plan("username,name,born,groups,id\nCARA7,,,,")

    assert states(found) == [State.KNOWN]


def test_a_student_is_found_by_the_id_of_the_schools_list(plan, child):
    [line] = plan("name,roster id\nCarla,c-1").lines

    assert (line.person, line.name) == (child, "Carla")


def test_a_namesake_with_another_id_is_another_child(plan, child):
    assert states(plan("name,roster id\nCara,c-9")) == [State.NEW]


def test_a_student_without_an_id_gets_that_of_the_list(plan, student):
    [line] = plan("name,roster id\nSam,s-1").lines

    assert (line.state, line.person, line.roster_id) == (State.CHANGED, student, "s-1")


def test_a_child_who_has_left_comes_back_by_username_and_not_by_name(plan, child):
    child.enrolments.all().delete()

    [back] = plan("username\ncara7").lines
    [other] = plan("name\nCara").lines

    assert (back.state, back.is_back) == (State.CHANGED, True)
    assert other.state == State.NEW


def test_a_list_does_not_rename_an_account_of_the_childs_own(plan, student):
    [line] = plan("username,name,born\nstudent,Samuel,2010-01").lines

    assert (line.state, line.name, line.born_on) == (State.KNOWN, "", None)
    assert line.keeps_name


def test_a_username_outside_the_class_is_refused_as_if_it_were_nobodys(
    plan, other_student, teacher
):
    names = ["other-student", "nobody-at-all", "teacher", "admin"]
    found = plan("username\n" + "\n".join(names))

    assert states(found) == [State.REFUSED] * 4
    assert len({line.why for line in found.lines}) == 1
    assert [line.person for line in found.lines] == [None] * 4


def test_who_is_to_be_erased_is_not_found_and_keeps_the_id(plan, child):
    User.objects.filter(pk=child.pk).update(sealed_at=timezone.now())

    found = plan("username,name,id\ncara7,,\n,Cara,\n,Ana,c-1")

    assert states(found) == [State.REFUSED, State.NEW, State.REFUSED]
    assert "No student of this class" in found.lines[0].why
    assert "the id of another one" in found.lines[2].why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("name,born\n,2015-03", "The name is missing"),
        ("name\n" + "A" * 31, "too long to show"),
        ("name\nwww.ana.example", "no addresses"),
        ("name\nTeacher", "kept for the site"),
        ("name,born\nAna,soon", "“soon” is no month of birth"),
        ("name,group\nAna," + "g" * 41, "group is too long"),
        ("name,group\nAna,\u202ederised", "characters that cannot be seen"),
        ("name,group\nAna,be\x07ll", "characters that cannot be seen"),
        ("name\n\u202eana", "characters that cannot be seen"),
        ("name,id\nAna,\u2066x", "characters that cannot be seen"),
        ("name,id\nAna," + "9" * 101, "id of this student is too long"),
        ("username,id\nstudent,c-1", "the id of another one"),
        ("username,name\ncara7,=1", "at least one letter"),
    ],
)
def test_a_bad_row_is_refused_with_the_reason(plan, child, student, text, why):
    [line] = plan(text).lines

    assert line.state == State.REFUSED
    assert why in line.why


def test_a_bad_row_does_not_sink_the_others(plan, child):
    found = plan("name,born\nAna,2015-03\nBen,soon\nBen,2015-04\n")

    assert states(found) == [State.NEW, State.REFUSED, State.NEW]


@pytest.mark.parametrize(
    "text",
    [
        "name\nAna\nana",
        "name,id\nAna,x-1\nBen,x-1",
        "name\nCara\nCara",
        "username,name\ncara7,\n,Cara",
        "username,id\ncara7,z-1\nstudent,z-1",
    ],
)
def test_of_two_rows_for_one_person_the_first_stands(plan, child, student, text):
    found = plan(text)

    assert found.lines[0].state != State.REFUSED
    assert found.lines[1].state == State.REFUSED
    assert "Line 2 is about the same student" in found.lines[1].why


def test_a_name_that_several_students_have_is_not_guessed(plan, classroom, student):
    EnrolmentFactory(classroom=classroom, person__display_name="sam")

    [line] = plan("name\nSam").lines

    assert (line.state, line.person) == (State.REFUSED, None)
    assert "Several students" in line.why


def test_a_student_whom_an_export_enrols_but_does_not_name_is_refused(plan, child):
    unknown = plan(("", "", "", (), "u-9", True))
    known = plan(("", "", "", (), "c-1", True))

    assert states(unknown) == [State.REFUSED]
    assert states(known) == [State.KNOWN]


def test_comparing_writes_nothing(plan, child):
    plan("name,group\nAna,Red\nCara,Blue")

    assert User.objects.filter(display_name="Ana").count() == 0
    assert Group.objects.count() == 0


def test_the_digest_tells_whether_the_same_would_be_written(plan, child):
    text = "name,group\nAna,Red\nCara,Red"
    before = plan(text).digest

    assert plan(text).digest == before
    assert plan(text.replace("Ana", "Ann")).digest != before
    GroupFactory(name="Red", classroom=child.enrolments.get().classroom).members.add(
        child.enrolments.get()
    )
    assert plan(text).digest != before


@pytest.mark.parametrize("rows", [1, 30])
def test_more_rows_cost_no_more_queries(
    classroom, teacher, django_assert_num_queries, rows
):
    seats = EnrolmentFactory.create_batch(rows, classroom=classroom)
    GroupFactory(classroom=classroom).members.add(*seats)
    listed = [Row(n, str(seat.person), groups=("Red",)) for n, seat in enumerate(seats)]

    with django_assert_num_queries(6):
        compare(listed, classroom=classroom, teacher=teacher)
