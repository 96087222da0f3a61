import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

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


WARNING, WORDS = "This class made your account", "You have no recovery words"


def test_who_has_an_account_of_the_class_is_warned(client, classroom, student):
    client.force_login(student)
    address = reverse("classrooms:leave", args=[classroom.pk])
    assertNotContains(client.get(address), WARNING)

    student.managed_by = classroom
    student.save(update_fields=["managed_by"])
    page = client.get(address)
    assertContains(page, WARNING)
    assertContains(page, WORDS)

    student.recovery_hash = "six words"
    student.save(update_fields=["recovery_hash"])
    page = client.get(address)
    assertContains(page, WARNING)
    assertNotContains(page, WORDS)


def test_who_sees_the_month_of_birth_is_told_as_it_is(client, classroom, student):
    student.managed_by = classroom
    student.save(update_fields=["managed_by"])
    client.force_login(student)

    page = client.get(reverse("accounts:account"))

    assertContains(page, "only while you are in that class")
