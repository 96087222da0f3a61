from tests.access.answers import (
    CLASSROOM,
    CLOSED,
    MISSING,
    NO_SUCH_METHOD,
    everyone,
    leads,
    shows,
    signed_in,
)
from tests.classrooms.factories import JoinCodeFactory
from tests.factories import EnrolmentFactory, GroupFactory, UserFactory

GROUP = 900_000_031
SLIP = 900_000_032
EXTRA_TEACHER = 900_000_033
CODE = "CDFHJK"
ARGUMENTS = {
    "join_code": "CDF-HJK",
    "group_id": GROUP,
    "slip_id": SLIP,
    "teacher_id": EXTRA_TEACHER,
}

CLASS = f"/classes/{CLASSROOM}/"
DATA = {
    "classrooms:new": {"name": "Room 13", "time_zone": "Europe/Vienna"},
    "classrooms:settings": {"name": "Room 13", "time_zone": "Europe/Vienna"},
    "classrooms:new_year": {"name": "Room 13"},
    "classrooms:teachers": {"username": "other-teacher"},
    "classrooms:slips": {"names": "Noa"},
    "classrooms:new_group": {"name": "Owls"},
    "classrooms:group": {"name": "Owls"},
    "classrooms:join": {"code": "cdf hjk"},
}


def prepare(cast):
    classroom = cast["student"].enrolments.get().classroom
    group = GroupFactory(pk=GROUP, classroom=classroom, name="Herons")
    group.members.add(cast["student"].enrolments.get())
    teacher = cast["teacher"]
    extra = UserFactory(pk=EXTRA_TEACHER, display_name="Mr Extra", adult=True)
    EnrolmentFactory(classroom=classroom, person=extra, teacher=True)
    JoinCodeFactory(classroom=classroom, code=CODE, made_by=teacher)
    JoinCodeFactory(
        pk=SLIP,
        classroom=classroom,
        code="CDFHJKMN",
        slip=True,
        name="Noa from row two",
        made_by=teacher,
    )


def teachers_see(has, lacks="", **others):
    return signed_in(MISSING, teacher=shows(has, lacks), **others)


def teachers_change(to, **others):
    return signed_in(MISSING, teacher=leads(to), **others)


# Teaches the class, and was never said to be a teacher: staff put them there.
NO_GRANT = {"co_teacher": CLOSED}

ROWS = {
    ("classrooms:classes", "GET"): signed_in(
        shows("You are in no class", lacks="Room 12"),
        student=shows("Room 12", lacks="Room 7"),
        classmate=shows("Room 12", lacks="Make a class"),
        other_student=shows("Room 7", lacks="Room 12"),
        teacher=shows("Make a class", lacks="Room 7"),
        co_teacher=shows("Room 12", lacks="Make a class"),
        other_teacher=shows("Room 7", lacks="Room 12"),
        former_teacher=shows("Make a class", lacks="Room 12"),
    ),
    ("classrooms:classes", "POST"): signed_in(NO_SUCH_METHOD),
    ("classrooms:new", "GET"): signed_in(
        CLOSED,
        teacher=shows("Make the class"),
        other_teacher=shows("Make the class"),
        former_teacher=shows("Make the class"),
        **NO_GRANT,
    ),
    ("classrooms:new", "POST"): signed_in(
        CLOSED,
        teacher=leads("/classes/…/"),
        other_teacher=leads("/classes/…/"),
        former_teacher=leads("/classes/…/"),
        **NO_GRANT,
    ),
    ("classrooms:classroom", "GET"): teachers_see(
        "Let students in",
        lacks="Robin",
        student=shows("Who teaches it", lacks="CDF-HJK"),
        classmate=shows("Who teaches it", lacks="Sam"),
    ),
    ("classrooms:classroom", "POST"): signed_in(NO_SUCH_METHOD),
    ("classrooms:settings", "GET"): teachers_see("Name and time zone"),
    ("classrooms:settings", "POST"): teachers_change(CLASS),
    ("classrooms:archive", "GET"): teachers_see("Archive Room 12?"),
    ("classrooms:archive", "POST"): teachers_change("/classes/"),
    ("classrooms:bring_back", "GET"): signed_in(NO_SUCH_METHOD),
    ("classrooms:bring_back", "POST"): teachers_change(CLASS),
    ("classrooms:new_year", "GET"): teachers_see("Start the year", **NO_GRANT),
    ("classrooms:new_year", "POST"): teachers_change("/classes/…/", **NO_GRANT),
    ("classrooms:teachers", "GET"): teachers_see("Mx Brook", lacks="Mr Hill"),
    ("classrooms:teachers", "POST"): teachers_change(f"{CLASS}teachers/"),
    ("classrooms:step_down", "GET"): teachers_see("Stop teaching Room 12?"),
    ("classrooms:step_down", "POST"): teachers_change("/classes/"),
    ("classrooms:take_off", "GET"): teachers_see("Take Mr Extra off Room 12?"),
    ("classrooms:take_off", "POST"): teachers_change(f"{CLASS}teachers/"),
    ("classrooms:code", "GET"): teachers_see("CDF-HJK"),
    ("classrooms:code", "POST"): signed_in(NO_SUCH_METHOD),
    ("classrooms:renew_code", "GET"): signed_in(NO_SUCH_METHOD),
    ("classrooms:renew_code", "POST"): teachers_change(CLASS),
    ("classrooms:switch_off_code", "GET"): signed_in(NO_SUCH_METHOD),
    ("classrooms:switch_off_code", "POST"): teachers_change(CLASS),
    ("classrooms:slips", "GET"): teachers_see("Noa from row two"),
    ("classrooms:slips", "POST"): teachers_change(f"{CLASS}slips/"),
    ("classrooms:print_slips", "GET"): teachers_see("CDFH-JKMN"),
    ("classrooms:print_slips", "POST"): signed_in(NO_SUCH_METHOD),
    ("classrooms:void_slip", "GET"): signed_in(NO_SUCH_METHOD),
    ("classrooms:void_slip", "POST"): teachers_change(f"{CLASS}slips/"),
    ("classrooms:groups", "GET"): teachers_see("Herons", lacks="Robin"),
    ("classrooms:groups", "POST"): signed_in(NO_SUCH_METHOD),
    ("classrooms:new_group", "GET"): teachers_see("Kim (classmate)", lacks="Robin"),
    ("classrooms:new_group", "POST"): teachers_change(f"{CLASS}groups/"),
    ("classrooms:group", "GET"): teachers_see("Herons", lacks="Robin"),
    ("classrooms:group", "POST"): teachers_change(f"{CLASS}groups/"),
    ("classrooms:dissolve_group", "GET"): signed_in(NO_SUCH_METHOD),
    ("classrooms:dissolve_group", "POST"): teachers_change(f"{CLASS}groups/"),
    ("classrooms:student", "GET"): teachers_see("Group: Herons", lacks="Kim"),
    ("classrooms:student", "POST"): signed_in(NO_SUCH_METHOD),
    ("classrooms:remove_student", "GET"): teachers_see("Take Sam out of Room 12?"),
    ("classrooms:remove_student", "POST"): teachers_change(CLASS),
    ("classrooms:leave", "GET"): signed_in(
        MISSING, student=shows("Leave Room 12?"), classmate=shows("Leave Room 12?")
    ),
    ("classrooms:leave", "POST"): signed_in(
        MISSING, student=leads("/classes/"), classmate=leads("/classes/")
    ),
    # Where the site does not let teachers say who is one, there is no such page.
    ("classrooms:grant", "GET"): signed_in(MISSING),
    ("classrooms:grant", "POST"): signed_in(MISSING),
    ("classrooms:join", "GET"): everyone(
        shows("Find my class"), signed_out=shows("First, let us know who you are")
    ),
    ("classrooms:join", "POST"): signed_in(leads("/join/CDF-HJK/")),
    ("classrooms:join_class", "GET"): everyone(
        shows("Join Room 12?", lacks="Herons"),
        signed_out=shows("First, let us know who you are", lacks="Room 12"),
        student=leads(CLASS),
        classmate=leads(CLASS),
        teacher=leads(CLASS),
    ),
    ("classrooms:join_class", "POST"): signed_in(leads(CLASS)),
}
