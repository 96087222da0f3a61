from quizzes.models import Assignment
from tests.access.answers import (
    ASSIGNMENT,
    MISSING,
    NO_SUCH_METHOD,
    leads,
    shows,
    signed_in,
)
from tests.factories import AttemptFactory, EnrolmentFactory

# Learns with the student of the cast, in the same class.
STUDENT = 900_000_031

DATA = {"quizzes:override": {"decision": "excuse", "reason": "Ill."}}

ROWS = {
    ("quizzes:class_status", "GET"): signed_in(
        MISSING, teacher=shows("Sam", lacks="Robin")
    ),
    ("quizzes:class_status", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:gradebook", "GET"): signed_in(
        MISSING, teacher=shows("Sam", lacks="Robin")
    ),
    ("quizzes:gradebook", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:gradebook_file", "GET"): signed_in(
        MISSING, teacher=shows("Sam", lacks="Robin")
    ),
    ("quizzes:gradebook_file", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:student_work", "GET"): signed_in(
        MISSING, teacher=shows("What lifts a kite?", lacks="Robin")
    ),
    ("quizzes:student_work", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:override", "GET"): signed_in(NO_SUCH_METHOD),
    ("quizzes:override", "POST"): signed_in(
        MISSING, teacher=leads(f"/assignments/{ASSIGNMENT}/students/{STUDENT}/")
    ),
}


def prepare(cast):
    given = Assignment.objects.get(pk=ASSIGNMENT)
    seat = EnrolmentFactory(
        classroom=given.classroom, person__pk=STUDENT, person__display_name="Lee"
    )
    AttemptFactory(assigned=True, assignment=given, student=seat.person, handed_in=True)
