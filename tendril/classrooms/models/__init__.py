from tendril.classrooms.models.classes import (
    Classroom,
    Enrolment,
    Group,
    TakenOff,
    validate_time_zone,
)
from tendril.classrooms.models.importing import RosterImport
from tendril.classrooms.models.joining import JoinCode

__all__ = [
    "Classroom",
    "Enrolment",
    "Group",
    "JoinCode",
    "RosterImport",
    "TakenOff",
    "validate_time_zone",
]
