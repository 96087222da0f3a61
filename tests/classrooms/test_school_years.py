import pytest

from tendril.classrooms import teaching
from tendril.classrooms.access import students_taught_by
from tendril.classrooms.models import Classroom
from tendril.classrooms.school_years import start_year
from tests.factories import EnrolmentFactory, GroupFactory

pytestmark = pytest.mark.django_db


def people_of(classroom):
    seats = classroom.enrolments.order_by("person__username")
    return [(seat.person.username, seat.role) for seat in seats]


def test_a_new_year_archives_the_class_and_keeps_its_teachers(
    classroom, teacher, co_teacher, student
):
    new = start_year(classroom=classroom, name="Room 12 again", by=teacher)

    classroom.refresh_from_db()
    assert classroom.archived_at is not None
    assert (new.follows, new.name) == (classroom, "Room 12 again")
    assert people_of(new) == [("co-teacher", "teacher"), ("teacher", "teacher")]
    assert not students_taught_by(teacher).exists()


def test_its_time_zone_goes_on(classroom, teacher):
    teaching.describe(classroom, name="Room 12", time_zone="Asia/Tokyo")

    assert start_year(classroom=classroom, name="A", by=teacher).time_zone == (
        "Asia/Tokyo"
    )


def test_students_go_on_with_their_number_in_the_schools_list(
    classroom, teacher, student
):
    student.enrolments.update(roster_id="s-17")

    new = start_year(classroom=classroom, name="A", by=teacher, takes_students=True)

    assert new.enrolments.students().get().roster_id == "s-17"
    assert list(students_taught_by(teacher)) == [student]


def test_groups_go_on_with_those_members_who_do(classroom, teacher, student):
    group = GroupFactory(classroom=classroom, name="Herons")
    group.members.add(student.enrolments.get())

    new = start_year(
        classroom=classroom,
        name="A",
        by=teacher,
        takes_students=True,
        takes_groups=True,
    )

    copy = new.groups.get()
    assert (copy.name, copy.members.get().person) == ("Herons", student)
    assert group.members.get().classroom == classroom


def test_groups_without_their_students_are_empty(classroom, teacher, student):
    group = GroupFactory(classroom=classroom)
    group.members.add(student.enrolments.get())

    new = start_year(classroom=classroom, name="A", by=teacher, takes_groups=True)

    assert not new.groups.get().members.exists()


def test_accounts_of_the_class_are_looked_after_by_the_one_that_follows(
    classroom, teacher, student, classmate
):
    leaver = EnrolmentFactory(classroom=classroom).person
    for person in (student, leaver):
        person.managed_by = classroom
        person.save()
    leaver.enrolments.all().delete()

    new = start_year(classroom=classroom, name="A", by=teacher, takes_students=True)

    managers = {p.username: p.managed_by for p in new.managed_accounts.all()}
    assert managers == {"student": new}
    leaver.refresh_from_db()
    assert leaver.managed_by == classroom


def test_the_same_year_is_started_once(classroom, teacher):
    first = start_year(classroom=classroom, name="A", by=teacher)

    assert start_year(classroom=classroom, name="A", by=teacher) == first
    assert Classroom.objects.open().count() == 1


def test_nobody_starts_a_year_without_a_grant(classroom, co_teacher):
    with pytest.raises(teaching.MayNotTeach):
        start_year(classroom=classroom, name="A", by=co_teacher)

    classroom.refresh_from_db()
    assert classroom.archived_at is None
