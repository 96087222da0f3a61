import pytest

from tendril.accounts import looks
from tendril.accounts.models import Look
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_a_look_is_kept_once_a_day_for_each_thing():
    viewer, student = UserFactory(adult=True), UserFactory()

    for what in (Look.What.MARKS, Look.What.MARKS, Look.What.ANSWERS):
        looks.record(viewer, [student], what)

    kept = Look.objects.filter(viewer=viewer, student=student)
    assert sorted(kept.values_list("what", flat=True)) == ["answers", "marks"]


def test_looking_at_ones_own_work_is_no_look():
    student = UserFactory()

    looks.record(student, [student], Look.What.ANSWERS)

    assert not Look.objects.exists()
