"""The clock on the wall of a classroom, and the moments it means."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from tendril.classrooms.models import Classroom


class NoSuchTime(Exception):
    """The clock goes forward and leaves this time out."""


class TwiceThatTime(Exception):
    """The clock goes back, and shows this time twice."""


def moment_of(wall_time: dt.datetime, classroom: Classroom) -> dt.datetime:
    """The one moment at which its clock shows this.

    Raises NoSuchTime and TwiceThatTime.
    """
    zone = ZoneInfo(classroom.time_zone)
    first, second = (wall_time.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(dt.UTC)
    if first.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None) == wall_time:
        raise TwiceThatTime
    raise NoSuchTime


def wall_time_of(moment: dt.datetime, classroom: Classroom) -> dt.datetime:
    """What its clock shows then, without a time zone."""
    return moment.astimezone(ZoneInfo(classroom.time_zone)).replace(tzinfo=None)
