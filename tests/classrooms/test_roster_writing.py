from datetime import date, timedelta

import pytest
from django.utils import timezone

from tendril.accounts.models import User
from tendril.classrooms import roster_writing
from tendril.classrooms.models import RosterImport
from tendril.classrooms.roster_writing import ClassHasChanged
from tendril.classrooms.rosters import read
from tendril.classrooms.tasks import forget_old_rosters
from tests.factories import EnrolmentFactory, GroupFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def prepare(classroom, teacher):
    def prepare(text):
        rows = read([text.encode()])
        return roster_writing.prepare(rows, classroom=classroom, by=teacher)

    return prepare


def write(roster, by, plan=None):
    plan = plan or roster_writing.plan_of(roster, teacher=by)
    roster_writing.write(roster, by=by, shown=plan.digest)


def students(classroom):
    seats = classroom.enrolments.filter(role="student")
    return sorted(str(seat.person) for seat in seats)


def test_nothing_is_written_before_somebody_says_so(prepare, classroom):
    prepare("name\nAna")

    assert students(classroom) == []


def test_good_rows_are_written_and_bad_ones_left_out(prepare, classroom, teacher):
    roster = prepare(
        "name,born,groups,id\nAna,2015-03,Red;Blue,a-1\nBen,soon,,\nCara,,Red,\n"
    )

    write(roster, teacher)

    assert students(classroom) == ["Ana", "Cara"]
    ana = classroom.enrolments.get(roster_id="a-1")
    assert ana.person.born_on == date(2015, 3, 1)
    assert ana.person.managed_by == classroom
    assert ana.role == "student"
    groups = {g.name: g.members.count() for g in classroom.groups.all()}
    assert groups == {"Blue": 1, "Red": 2}


def test_the_line_of_an_enrolment_is_not_that_of_a_student(classroom, teacher):
    """Lines of two files, which have the same number."""
    users = "sourcedId,enabledUser,givenName,familyName\nu-1,,Ana,Berg\n"
    seats = "classSourcedId,userSourcedId,role\nc,u-9,student\nc,u-1,student\n"
    rows = read([users.encode(), seats.encode()])
    roster = roster_writing.prepare(rows, classroom=classroom, by=teacher)

    write(roster, teacher)

    roster.refresh_from_db()
    ana = User.objects.get(display_name="Ana")
    assert roster.rows == [
        {"line": 2, "state": "refused", "person": None},
        {"line": 2, "state": "new", "person": ana.pk},
    ]


def test_many_groups_are_joined_in_few_queries(
    prepare, classroom, teacher, django_assert_max_num_queries
):
    groups = ";".join(f"g{number}" for number in range(20))
    roster = prepare("name,group\n" + "\n".join(f"Kim {n},{groups}" for n in "abcde"))
    plan = roster_writing.plan_of(roster, teacher=teacher)

    with django_assert_max_num_queries(25):
        write(roster, teacher, plan)

    assert [g.members.count() for g in classroom.groups.all()] == [5] * 20


def test_a_list_that_is_written_twice_writes_once(prepare, classroom, teacher):
    roster = prepare("name\nAna")
    plan = roster_writing.plan_of(roster, teacher=teacher)

    write(roster, teacher, plan)
    write(roster, teacher, plan)

    assert students(classroom) == ["Ana"]


def test_the_same_list_sent_again_writes_nothing(prepare, classroom, teacher):
    text = "name,groups\nAna,Red\nBen,Red"
    write(prepare(text), teacher)

    plan = roster_writing.plan_of(prepare(text), teacher=teacher)

    assert plan.writing == 0
    assert students(classroom) == ["Ana", "Ben"]


def test_what_was_not_shown_is_not_written(prepare, classroom, teacher):
    roster = prepare("name\nAna")
    plan = roster_writing.plan_of(roster, teacher=teacher)
    EnrolmentFactory(classroom=classroom, person__display_name="Ana")

    with pytest.raises(ClassHasChanged):
        write(roster, teacher, plan)

    roster.refresh_from_db()
    assert roster.done_at is None
    assert students(classroom) == ["Ana"]


def test_changes_are_written_and_the_rest_of_a_student_stays(
    prepare, classroom, teacher
):
    cara = UserFactory(username="cara7", display_name="Cara", managed_by=classroom)
    seat = EnrolmentFactory(classroom=classroom, person=cara)
    blue = GroupFactory(classroom=classroom, name="Blue")
    blue.members.add(seat)
    password = cara.password

    write(prepare("username,name,groups,id\ncara7,Carla,Red,c-1"), teacher)

    cara.refresh_from_db()
    seat.refresh_from_db()
    assert (cara.display_name, cara.born_on) == ("Carla", date(2014, 5, 1))
    assert cara.password == password
    assert seat.roster_id == "c-1"
    assert sorted(g.name for g in seat.groups.all()) == ["Blue", "Red"]


def test_who_is_missing_from_the_list_stays(prepare, classroom, teacher, student):
    write(prepare("name\nAna"), teacher)

    assert students(classroom) == ["Ana", "Sam"]


def test_a_child_who_had_left_has_one_seat_again(prepare, classroom, teacher):
    UserFactory(username="cara7", display_name="Cara", managed_by=classroom)

    write(prepare("username,groups\ncara7,Red"), teacher)

    assert students(classroom) == ["Cara"]
    assert classroom.groups.get().members.get().person.username == "cara7"


def test_of_a_list_that_is_written_no_names_are_kept(prepare, classroom, teacher):
    roster = prepare("name,born\nAna,\nBen,soon")

    write(roster, teacher)

    roster.refresh_from_db()
    ana = User.objects.get(display_name="Ana")
    assert roster.rows == [
        {"line": 2, "state": "new", "person": ana.pk},
        {"line": 3, "state": "refused", "person": None},
    ]


def test_lists_that_nobody_confirms_are_forgotten_after_a_day(prepare, teacher):
    old, fresh, done = prepare("Ana"), prepare("Ben"), prepare("Cara")
    write(done, teacher)
    yesterday = timezone.now() - timedelta(hours=25)
    RosterImport.objects.exclude(pk=fresh.pk).update(made_at=yesterday)

    forget_old_rosters()

    assert set(RosterImport.objects.all()) == {fresh, done}
    assert old not in RosterImport.objects.all()


def test_four_hundred_students_are_written_in_few_queries(
    prepare, teacher, django_assert_max_num_queries
):
    names = "\n".join(f"Kim {letter}{n}" for n in range(10) for letter in "abcdefghij")
    roster = prepare(f"name\n{names}")
    plan = roster_writing.plan_of(roster, teacher=teacher)

    with django_assert_max_num_queries(25):
        write(roster, teacher, plan)

    assert User.objects.filter(display_name__startswith="Kim").count() == 100
