from quizzes.models import Assignment
from tests.access.answers import (
    ASSIGNMENT,
    CLOSED,
    MISSING,
    NO_SUCH_METHOD,
    leads,
    shows,
    signed_in,
)
from tests.quizzes.printed import PaperSheetFactory

SHEET = 900_000_051
ARGUMENTS = {"sheet_id": SHEET}
DATA = {"quizzes:paper_row": {"is_empty": "on"}}

ROWS = {
    ("quizzes:paper", "GET"): signed_in(MISSING, teacher=shows("KR7", lacks="Robin")),
    ("quizzes:paper", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:paper_make", "GET"): signed_in(NO_SUCH_METHOD),
    ("quizzes:paper_make", "POST"): signed_in(
        MISSING, teacher=leads(f"/assignments/{ASSIGNMENT}/paper/")
    ),
    ("quizzes:paper_print", "GET"): signed_in(
        MISSING, teacher=shows("What lifts a kite?", lacks="The wind pushes it up")
    ),
    ("quizzes:paper_print", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:paper_key", "GET"): signed_in(
        MISSING, teacher=shows("The air", lacks="The string"), co_teacher=CLOSED
    ),
    ("quizzes:paper_key", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:paper_type", "GET"): signed_in(
        MISSING, teacher=shows("KR7", lacks="Robin")
    ),
    ("quizzes:paper_type", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:paper_row", "GET"): signed_in(
        MISSING, teacher=shows("KR7", lacks="Robin")
    ),
    ("quizzes:paper_row", "POST"): signed_in(
        MISSING, teacher=leads(f"/assignments/{ASSIGNMENT}/paper/type/{SHEET}/")
    ),
}


def prepare(cast):
    given = Assignment.objects.get(pk=ASSIGNMENT)
    PaperSheetFactory(pk=SHEET, assignment=given, student=cast["student"], code="KR7")
