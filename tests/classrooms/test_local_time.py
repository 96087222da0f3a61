# Times on a wall have no time zone.
# ruff: noqa: DTZ001
from datetime import UTC, datetime

import pytest

from tendril.classrooms.local_time import (
    NoSuchTime,
    TwiceThatTime,
    moment_of,
    wall_time_of,
)
from tendril.classrooms.models import Classroom

VIENNA = Classroom(time_zone="Europe/Vienna")


@pytest.mark.parametrize(
    ("shown", "moment"),
    [
        (datetime(2027, 1, 5, 16, 0), datetime(2027, 1, 5, 15, 0, tzinfo=UTC)),
        (datetime(2027, 7, 5, 16, 0), datetime(2027, 7, 5, 14, 0, tzinfo=UTC)),
        (datetime(2027, 3, 28, 1, 59), datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (datetime(2027, 3, 28, 3, 0), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
        (datetime(2027, 10, 31, 3, 0), datetime(2027, 10, 31, 2, 0, tzinfo=UTC)),
    ],
)
def test_a_time_on_the_wall_is_one_moment_and_back(shown, moment):
    assert moment_of(shown, VIENNA) == moment
    assert wall_time_of(moment, VIENNA) == shown


def test_a_time_that_the_clock_leaves_out_is_none():
    with pytest.raises(NoSuchTime):
        moment_of(datetime(2027, 3, 28, 2, 30), VIENNA)


def test_a_time_that_comes_twice_is_not_guessed():
    with pytest.raises(TwiceThatTime):
        moment_of(datetime(2027, 10, 31, 2, 30), VIENNA)


def test_a_class_without_summer_time_has_every_hour():
    classroom = Classroom(time_zone="UTC")

    assert moment_of(datetime(2027, 3, 28, 2, 30), classroom).hour == 2
