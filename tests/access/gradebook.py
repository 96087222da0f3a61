from tests.access.answers import (
    ASSIGNMENT,
    MISSING,
    NO_SUCH_METHOD,
    STUDENT,
    leads,
    shows,
    signed_in,
)

DATA = {"quizzes:override": {"decision": "excuse", "reason": "Ill."}}

ROWS = {
    ("quizzes:class_status", "GET"): signed_in(
        MISSING, teacher=shows("Sam", lacks="Robin")
    ),
    ("quizzes:class_status", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:student_in_class", "GET"): signed_in(
        MISSING, teacher=shows("What was given, and how far", lacks="Robin")
    ),
    ("quizzes:student_in_class", "POST"): signed_in(NO_SUCH_METHOD),
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
