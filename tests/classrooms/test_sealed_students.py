import pytest

from quizzes import assignments, disputes, reports
from quizzes.models import Dispute
from tendril.accounts import erasing
from tendril.classrooms import groups
from tendril.classrooms.access import (
    in_charge_of,
    students_taught_by,
    students_visible_to,
    wards_of,
)
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    GroupFactory,
    ResponseFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(student, classmate, guardian):
    erasing.ask(person=student, by=guardian)
    student.refresh_from_db()
    return student


def test_no_adult_sees_anything_of_who_is_sealed(sealed, classmate, teacher, guardian):
    assert list(students_taught_by(teacher)) == [classmate]
    assert set(students_visible_to(teacher)) == {teacher, classmate}
    assert list(wards_of(guardian)) == []
    assert list(reports.family_of(guardian)) == []


def test_who_is_sealed_is_in_no_list_of_a_class(sealed, classmate, classroom, teacher):
    given = AssignmentFactory(classroom=classroom)

    assert list(assignments.recipients(given)) == [classmate]
    [shown] = reports.classes_of(teacher)
    assert [seat.person for seat in shown.seats] == [classmate]


def test_a_dispute_of_who_is_sealed_waits_unseen(sealed, classroom, teacher):
    given = AssignmentFactory(classroom=classroom)
    attempt = AttemptFactory(student=sealed, assigned=True, assignment=given)
    Dispute.objects.create(
        response=ResponseFactory(attempt=attempt), why="I think so", group="g"
    )

    assert list(disputes.groups_for(teacher)) == []

    erasing.call_off(person=sealed)
    assert len(disputes.groups_for(teacher)) == 1


def test_changing_a_group_meanwhile_keeps_who_is_sealed_in_it(
    sealed, classmate, classroom
):
    group = GroupFactory(classroom=classroom)
    group.members.add(sealed.enrolments.get())

    groups.change(group, name="Kites", members=[classmate.enrolments.get()])

    assert {seat.person for seat in group.members.all()} == {sealed, classmate}


def test_the_guardian_decides_about_who_is_sealed(sealed, guardian):
    assert set(in_charge_of(guardian)) == {guardian, sealed}
