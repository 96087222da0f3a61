import pytest

from tendril.classrooms import joining, teaching
from tendril.classrooms.models import JoinCode
from tests.classrooms.factories import JoinCodeFactory
from tests.factories import ClassroomFactory, EnrolmentFactory, UserFactory
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


def test_two_teachers_who_leave_at_once_do_not_leave_the_class_alone():
    for _ in range(ROUNDS):
        classroom = ClassroomFactory()
        seats = EnrolmentFactory.create_batch(2, classroom=classroom, teacher=True)

        gone = together(*[lambda s=s: left(classroom, s.person) for s in seats])  # noqa: B023

        assert sorted(gone) == [False, True]
        assert classroom.enrolments.count() == 1
