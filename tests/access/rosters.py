from tests.access.answers import (
    CLASSROOM,
    MISSING,
    NO_SUCH_METHOD,
    Answer,
    leads,
    shows,
    signed_in,
)
from tests.classrooms.factories import RosterImportFactory
from tests.factories import EnrolmentFactory, UserFactory

IMPORT = 900_002_101
# Whose account the class has made.
CHILD = 900_002_102

ARGUMENTS = {"import_id": IMPORT, "account_id": CHILD}
DATA = {
    "classrooms:new_students": {"names": "Ana"},
    "classrooms:roster": {"text": "name\nAna"},
    "classrooms:passphrases": {"students": CHILD},
    "classrooms:managed_account": {"display_name": "Cara"},
}


def prepare(cast):
    teacher = cast["teacher"]
    classroom = teacher.enrolments.get().classroom
    RosterImportFactory(pk=IMPORT, classroom=classroom, made_by=teacher)
    cara = UserFactory(
        pk=CHILD, username="cara7", display_name="Cara", managed_by=classroom
    )
    EnrolmentFactory(classroom=classroom, person=cara)


ROWS = {
    ("classrooms:new_students", "GET"): signed_in(
        MISSING, teacher=shows("Accounts for your students")
    ),
    ("classrooms:new_students", "POST"): signed_in(
        MISSING, teacher=leads(f"/classes/{CLASSROOM}/roster/…/")
    ),
    ("classrooms:roster", "GET"): signed_in(
        MISSING, teacher=shows("Students from a list", lacks="Cara")
    ),
    ("classrooms:roster", "POST"): signed_in(
        MISSING, teacher=leads(f"/classes/{CLASSROOM}/roster/…/")
    ),
    ("classrooms:roster_import", "GET"): signed_in(
        MISSING, teacher=shows("Is this right?", lacks="Robin")
    ),
    # Without the digest of what was shown.
    ("classrooms:roster_import", "POST"): signed_in(
        MISSING, teacher=Answer(409, "The class has changed meanwhile")
    ),
    ("classrooms:roster_export", "GET"): signed_in(
        MISSING, teacher=shows('"cara7","Cara","2014-05"', lacks="Robin")
    ),
    ("classrooms:roster_export", "POST"): signed_in(NO_SUCH_METHOD),
    # Kim's account is Kim's own, though a student of this class.
    ("classrooms:passphrases", "GET"): signed_in(
        MISSING, teacher=shows("cara7", lacks="Kim")
    ),
    ("classrooms:passphrases", "POST"): signed_in(
        MISSING, teacher=leads(f"/classes/{CLASSROOM}/passphrases/slips/")
    ),
    # Without what the browser holds once they are made.
    ("classrooms:sign_in_slips", "GET"): signed_in(
        MISSING, teacher=leads(f"/classes/{CLASSROOM}/passphrases/")
    ),
    ("classrooms:sign_in_slips", "POST"): signed_in(
        MISSING, teacher=leads(f"/classes/{CLASSROOM}/passphrases/")
    ),
    ("classrooms:managed_account", "GET"): signed_in(
        MISSING, teacher=shows("The username is", lacks="Sam")
    ),
    ("classrooms:managed_account", "POST"): signed_in(
        MISSING, teacher=leads(f"/classes/{CLASSROOM}/passphrases/")
    ),
}
