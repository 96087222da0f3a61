import pytest

from tendril.accounts import erasing
from tendril.classrooms import teaching
from tendril.classrooms.access import students_taught_by
from tendril.classrooms.models import Classroom, Enrolment
from tests.factories import (
    ClassroomFactory,
    EnrolmentFactory,
    TeacherGrantFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_who_makes_a_class_teaches_it():
    teacher = TeacherGrantFactory().person

    made = teaching.make(name="Room 5", time_zone="Asia/Tokyo", teacher=teacher)

    seat = made.enrolments.get()
    assert (seat.person, seat.role) == (teacher, Enrolment.Role.TEACHER)
    assert (made.name, made.time_zone) == ("Room 5", "Asia/Tokyo")


def test_nobody_makes_a_class_without_a_grant(admin):
    with pytest.raises(teaching.MayNotTeach):
        teaching.make(name="Room 5", time_zone="UTC", teacher=admin)

    assert not Classroom.objects.exists()


def test_archiving_again_keeps_the_first_moment():
    classroom = ClassroomFactory(archived=True)
    first = classroom.archived_at

    teaching.archive(classroom)

    classroom.refresh_from_db()
    assert classroom.archived_at == first


def test_an_archived_class_comes_back_with_its_students(classroom, teacher, student):
    teaching.archive(classroom)
    assert not students_taught_by(teacher).exists()

    teaching.bring_back(classroom)

    assert list(students_taught_by(teacher)) == [student]


def test_a_named_teacher_sees_what_the_first_one_sees(classroom, student):
    other = TeacherGrantFactory().person

    teaching.name_teacher(classroom, other.username)
    teaching.name_teacher(classroom, other.username)

    assert list(students_taught_by(other)) == [student]
    assert classroom.enrolments.filter(person=other).count() == 1


def test_nobody_without_a_grant_is_named(classroom, student):
    grown_up = UserFactory(adult=True)

    for username in (grown_up.username, "nobody"):
        with pytest.raises(teaching.MayNotTeach):
            teaching.name_teacher(classroom, username)

    assert classroom.enrolments.teachers().count() == 1


def test_a_student_of_the_class_stays_its_student(classroom, teacher):
    seat = EnrolmentFactory(classroom=classroom)
    TeacherGrantFactory(person=seat.person)

    with pytest.raises(teaching.LearnsHere):
        teaching.name_teacher(classroom, seat.person.username)

    seat.refresh_from_db()
    assert seat.role == Enrolment.Role.STUDENT


def test_who_steps_down_sees_the_students_no_more(classroom, co_teacher, student):
    assert list(students_taught_by(co_teacher)) == [student]

    teaching.step_down(classroom, co_teacher)

    assert not students_taught_by(co_teacher).exists()


def test_the_last_teacher_stays_until_another_one_is_named(classroom, teacher):
    with pytest.raises(teaching.LastTeacher):
        teaching.step_down(classroom, teacher)
    assert classroom.enrolments.teachers().get().person == teacher

    other = teaching.name_teacher(classroom, TeacherGrantFactory().person.username)
    teaching.step_down(classroom, teacher)

    assert classroom.enrolments.teachers().get().person == other


def test_the_last_teacher_may_leave_an_archived_class(classroom, teacher):
    teaching.archive(classroom)

    teaching.step_down(classroom, teacher)

    assert not classroom.enrolments.exists()


def test_a_teacher_who_was_named_by_mistake_is_taken_off_and_told(
    classroom, teacher, co_teacher, student
):
    teaching.take_off(classroom, co_teacher, by=teacher)

    assert not students_taught_by(co_teacher).exists()
    told = co_teacher.classes_taken_off.recent().get()
    assert (told.classroom, told.by) == (classroom, teacher)


def test_the_last_teacher_is_not_taken_off(classroom, teacher, former_teacher):
    with pytest.raises(teaching.LastTeacher):
        teaching.take_off(classroom, teacher, by=former_teacher)

    assert classroom.enrolments.teachers().get().person == teacher
    assert not teacher.classes_taken_off.exists()


def test_who_is_named_again_is_no_longer_told(classroom, teacher, other_teacher):
    teaching.name_teacher(classroom, other_teacher.username)
    teaching.take_off(classroom, other_teacher, by=teacher)

    teaching.name_teacher(classroom, other_teacher.username)

    assert not other_teacher.classes_taken_off.exists()


def test_stepping_down_never_takes_a_student_out(classroom, teacher, student):
    teaching.step_down(classroom, student)

    assert classroom.enrolments.students().get().person == student


def test_a_teacher_who_is_to_be_erased_is_nobody_to_hand_it_on_to(
    classroom, teacher, co_teacher
):
    erasing.ask(person=co_teacher, by=co_teacher)

    with pytest.raises(teaching.LastTeacher):
        teaching.step_down(classroom, teacher)
