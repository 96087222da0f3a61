import pytest

from quizzes.models import Assignment, Attempt
from tendril.classrooms import leaving
from tendril.classrooms.access import students_taught_by
from tests.factories import AssignmentFactory, AttemptFactory, EnrolmentFactory

pytestmark = pytest.mark.django_db


def test_leaving_ends_the_teachers_view_and_keeps_the_work(classroom, teacher, student):
    given = AssignmentFactory(classroom=classroom)
    attempt = AttemptFactory(student=student, quiz=given.quiz, assignment=given)
    assert list(students_taught_by(teacher)) == [student]

    leaving.leave(classroom, student)
    leaving.leave(classroom, student)

    assert not students_taught_by(teacher).exists()
    assert not Assignment.objects.given_to(student).exists()
    assert list(Attempt.objects.made_by(student)) == [attempt]


def test_leaving_one_class_leaves_no_other(classroom, teacher, student):
    other = EnrolmentFactory(person=student)

    leaving.leave(classroom, student)

    assert student.enrolments.get() == other


def test_a_teacher_does_not_leave_as_a_student_does(classroom, teacher):
    leaving.leave(classroom, teacher)

    assert classroom.enrolments.get().person == teacher
