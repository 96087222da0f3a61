from datetime import UTC, datetime

import pytest

from quizzes import reports
from quizzes.models import Attempt
from tests.factories import (
    AttemptFactory,
    ClassroomFactory,
    EnrolmentFactory,
    GuardianshipFactory,
    ProgressFactory,
    SyncBatchFactory,
)

pytestmark = pytest.mark.django_db


def test_a_class_shows_what_each_of_its_students_has_done(teacher, student, classmate):
    ProgressFactory(student=student, finished=True)
    ProgressFactory(student=student, finished=True)
    ProgressFactory(student=student)
    AttemptFactory(student=student, handed_in=True)
    AttemptFactory(student=student)
    AttemptFactory(student=student, handed_in=True, check=True)

    (classroom,) = reports.classes_of(teacher)

    work = {
        seat.person: (seat.person.lessons_read, seat.person.quizzes_taken)
        for seat in classroom.seats
    }
    assert work == {student: (2, 1), classmate: (0, 0)}


def test_a_class_stands_in_the_order_of_names(teacher, classroom):
    names = ["Zoe", "Ana", "Kim"]
    for name in names:
        EnrolmentFactory(classroom=classroom, person__display_name=name)

    (found,) = reports.classes_of(teacher)

    assert [str(seat.person) for seat in found.seats] == sorted(names)


def test_what_was_undone_is_in_no_report(teacher, student):
    batch = SyncBatchFactory(student=student, undone=True)
    AttemptFactory(student=student, handed_in=True, batch=batch)

    (classroom,) = reports.classes_of(teacher)

    assert [seat.person.quizzes_taken for seat in classroom.seats] == [0]
    assert list(reports.latest_results(student)) == []


def test_a_teacher_sees_no_class_of_others_and_none_that_is_archived(
    teacher, other_student
):
    archived = ClassroomFactory(archived=True)
    EnrolmentFactory(classroom=archived, person=teacher, teacher=True)

    shown = [classroom.name for classroom in reports.classes_of(teacher)]

    assert shown == ["Room 12"]


def test_a_student_is_not_shown_the_class_as_a_teacher_is(student):
    assert list(reports.classes_of(student)) == []


def test_a_family_is_the_verified_children_only(guardian, student, classmate):
    GuardianshipFactory(guardian=guardian, student=classmate, pending=True)

    assert list(reports.family_of(guardian)) == [student]


def test_the_newest_result_comes_first(student):
    days = [datetime(2026, 11, day, tzinfo=UTC) for day in (3, 5, 4)]
    for day in days:
        AttemptFactory(student=student, handed_in=True, handed_in_at=day)

    handed_in = [a.handed_in_at for a in reports.latest_results(student)]

    assert handed_in == sorted(days, reverse=True)


@pytest.mark.parametrize("count", [1, 12])
def test_a_class_costs_three_queries_whatever_its_size(
    django_assert_num_queries, teacher, classroom, count
):
    for _ in range(count):
        seat = EnrolmentFactory(classroom=classroom)
        ProgressFactory(student=seat.person, finished=True)
    assert not Attempt.objects.exists()

    with django_assert_num_queries(3):
        for each in reports.classes_of(teacher):
            [str(seat.person) for seat in each.seats]
