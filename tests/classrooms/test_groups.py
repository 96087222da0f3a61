import pytest

from tendril.accounts import erasing
from tendril.classrooms import groups, leaving
from tests.factories import EnrolmentFactory, GroupFactory

pytestmark = pytest.mark.django_db


def members_of(group):
    return {seat.person for seat in group.members.all()}


def test_a_group_has_the_students_it_was_made_with(classroom, student, classmate):
    seat = student.enrolments.get()

    group = groups.make(classroom, name="Herons", members=[seat])

    assert members_of(group) == {student}


def test_changing_a_group_replaces_its_name_and_members(classroom, student, classmate):
    group = groups.make(classroom, name="Herons", members=[student.enrolments.get()])

    groups.change(group, name="Owls", members=[classmate.enrolments.get()])

    group.refresh_from_db()
    assert group.name == "Owls"
    assert members_of(group) == {classmate}


def test_a_name_is_used_once_in_a_class_and_again_in_another(classroom):
    taken = GroupFactory(classroom=classroom, name="Herons")
    other = GroupFactory(classroom=classroom, name="Owls")

    with pytest.raises(groups.NameTaken):
        groups.make(classroom, name="Herons", members=[])
    with pytest.raises(groups.NameTaken):
        groups.change(other, name="Herons", members=[EnrolmentFactory()])

    assert not other.members.exists()
    assert list(classroom.groups.all()) == [taken, other]
    assert GroupFactory(name="Herons")


def test_a_dissolved_group_leaves_its_students_in_the_class(classroom, student):
    group = groups.make(classroom, name="Herons", members=[student.enrolments.get()])

    groups.dissolve(group)

    assert classroom.enrolments.students().get().person == student


def test_who_leaves_the_class_leaves_its_groups(classroom, student):
    group = groups.make(classroom, name="Herons", members=[student.enrolments.get()])

    leaving.leave(classroom, student)

    assert members_of(group) == set()


def test_who_is_sealed_stays_in_a_group_that_is_changed(classroom, student, classmate):
    seats = [person.enrolments.get() for person in (student, classmate)]
    group = groups.make(classroom, name="Herons", members=seats)
    erasing.ask(person=student, by=student)

    groups.change(group, name="Owls", members=[])

    assert members_of(group) == {student}
