import pytest

from tendril.classrooms import joining, last_teacher, teaching
from tendril.classrooms.models import JoinCode
from tendril.classrooms.school_years import start_year
from tests.classrooms.factories import JoinCodeFactory
from tests.factories import (
    ClassroomFactory,
    EnrolmentFactory,
    TeacherGrantFactory,
    UserFactory,
)
from tests.quizzes.test_starting_at_once import together

ROUNDS = 8

pytestmark = pytest.mark.django_db(transaction=True)


def came_in(person, slip):
    try:
        return joining.join(person=person, code=JoinCode.objects.get(pk=slip.pk))
    except joining.SlipUsed:
        return None


def left(classroom, teacher):
    try:
        teaching.step_down(classroom, teacher)
    except teaching.LastTeacher:
        return False
    return True


def asked(person):
    try:
        last_teacher.ask_to_erase(person=person, by=person)
    except last_teacher.LeavesAlone:
        return False
    return True


def test_two_who_type_one_slip_at_once_do_not_both_come_in():
    for _ in range(ROUNDS):
        slip = JoinCodeFactory(slip=True)
        people = UserFactory.create_batch(2)

        seats = together(*[lambda p=p: came_in(p, slip) for p in people])  # noqa: B023

        assert seats.count(None) == 1
        assert slip.classroom.enrolments.count() == 1


def test_a_double_click_makes_one_seat():
    for _ in range(ROUNDS):
        code, person = JoinCodeFactory(), UserFactory()

        first, second = together(*[lambda: came_in(person, code)] * 2)  # noqa: B023

        assert first == second == person.enrolments.get()


def taken_off(classroom, teacher, by):
    try:
        teaching.take_off(classroom, teacher, by=by)
    except teaching.LastTeacher:
        return False
    return True


def test_two_teachers_who_take_each_other_off_do_not_leave_the_class_alone():
    for _ in range(ROUNDS):
        classroom = ClassroomFactory()
        seats = EnrolmentFactory.create_batch(2, classroom=classroom, teacher=True)
        one, other = [seat.person for seat in seats]

        done = together(
            lambda: taken_off(classroom, one, other),  # noqa: B023
            lambda: taken_off(classroom, other, one),  # noqa: B023
        )

        assert sorted(done) == [False, True]
        assert classroom.enrolments.count() == 1


def test_a_year_taken_back_in_two_windows_at_once_leaves_no_account_alone():
    for _ in range(ROUNDS):
        teacher = TeacherGrantFactory().person
        old = teaching.make(name="4a", time_zone="UTC", teacher=teacher)
        child = UserFactory(managed_by=old)
        EnrolmentFactory(classroom=old, person=child)
        new = start_year(classroom=old, name="5a", by=teacher, takes_students=True)

        together(lambda: teaching.archive(new), lambda: teaching.bring_back(old))  # noqa: B023

        child.refresh_from_db()
        assert child.managed_by == old


def test_two_teachers_who_leave_at_once_do_not_leave_the_class_alone():
    for _ in range(ROUNDS):
        classroom = ClassroomFactory()
        seats = EnrolmentFactory.create_batch(2, classroom=classroom, teacher=True)

        gone = together(*[lambda s=s: left(classroom, s.person) for s in seats])  # noqa: B023

        assert sorted(gone) == [False, True]
        assert classroom.enrolments.count() == 1


def test_two_teachers_who_are_erased_at_once_do_not_leave_the_class_alone():
    for _ in range(ROUNDS):
        seat = EnrolmentFactory()
        teachers = EnrolmentFactory.create_batch(
            2, classroom=seat.classroom, teacher=True
        )

        gone = together(*[lambda s=s: asked(s.person) for s in teachers])

        assert sorted(gone) == [False, True]
        assert seat.classroom.enrolments.teachers().count() == 1


def test_one_teacher_who_leaves_while_the_other_is_erased_is_kept():
    for _ in range(ROUNDS):
        seat = EnrolmentFactory()
        one, other = EnrolmentFactory.create_batch(
            2, classroom=seat.classroom, teacher=True
        )

        gone = together(
            lambda: asked(one.person),  # noqa: B023
            lambda: left(seat.classroom, other.person),  # noqa: B023
        )

        assert sorted(gone) == [False, True]
        assert seat.classroom.enrolments.teachers().count() == 1
