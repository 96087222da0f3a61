import pytest

from tendril.accounts.models import User
from tendril.classrooms.access import (
    guardians_of,
    students_visible_to,
    teaching_seats_over,
)
from tests.factories import (
    ClassroomFactory,
    EnrolmentFactory,
    GuardianshipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def viewers_of(student):
    return {p for p in User.objects.all() if student in students_visible_to(p)}


def test_who_sees_whose_work(
    student, classmate, teacher, guardian, other_teacher, other_student, admin
):
    assert viewers_of(student) == {student, teacher, guardian}
    assert viewers_of(classmate) == {classmate, teacher}
    assert viewers_of(other_student) == {other_student, other_teacher}
    assert viewers_of(teacher) == {teacher}
    assert viewers_of(admin) == {admin}


def test_a_guardian_sees_nothing_before_being_verified(student, teacher):
    GuardianshipFactory(student=student, pending=True)

    assert viewers_of(student) == {student, teacher}


def test_a_teacher_sees_nothing_of_an_archived_class():
    archived = ClassroomFactory(archived=True)
    student = EnrolmentFactory(classroom=archived).person
    EnrolmentFactory(classroom=archived, teacher=True)

    assert viewers_of(student) == {student}


def test_a_student_in_two_classes_is_seen_by_both_teachers_once(student, teacher):
    second = EnrolmentFactory(person=student).classroom
    EnrolmentFactory(classroom=second, person=teacher, teacher=True)
    other = EnrolmentFactory(classroom=second, teacher=True).person

    assert viewers_of(student) == {student, teacher, other}
    assert list(students_visible_to(teacher)).count(student) == 1


def test_a_teacher_is_not_seen_by_another_teacher_of_the_class(classroom, teacher):
    EnrolmentFactory(classroom=classroom, teacher=True)

    assert viewers_of(teacher) == {teacher}


def test_a_grant_alone_shows_nobody(student):
    granted = UserFactory(adult=True)

    assert list(students_visible_to(granted)) == [granted]


@pytest.mark.parametrize("situation", ["plain", "archived", "pending"])
def test_a_student_is_told_of_exactly_those_who_see(student, guardian, situation):
    if situation == "archived":
        seat = EnrolmentFactory(person=student, classroom__archived=True)
        EnrolmentFactory(classroom=seat.classroom, teacher=True)
    if situation == "pending":
        GuardianshipFactory(student=student, pending=True)

    told = {seat.person for seat in teaching_seats_over(student)}
    told |= set(guardians_of(student))

    assert told == viewers_of(student) - {student}
