from quizzes.models import Assignment, CalendarFeed
from tests.access.answers import (
    ASSIGNMENT,
    CLASSROOM,
    MISSING,
    NO_SUCH_METHOD,
    Answer,
    everyone,
    leads,
    shows,
    signed_in,
)

SECRET = "the-secret-of-one-student"
ARGUMENTS = {"secret": SECRET}
QUERIES = {"quizzes:new_assignment": "?lesson=kites"}
DATA = {
    "quizzes:new_assignment": {"audience": "class", "feedback": "at_once"},
    "quizzes:edit_assignment": {"audience": "class", "feedback": "at_once"},
    "quizzes:extend": {"extra_attempts": "1"},
    "quizzes:calendar": {"action": "on"},
}
TO_THE_LIST = leads(f"/classes/{CLASSROOM}/assignments/")

ROWS = {
    ("quizzes:class_assignments", "GET"): signed_in(
        MISSING, teacher=shows(" done", lacks="Sam")
    ),
    ("quizzes:class_assignments", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:projector", "GET"): signed_in(
        MISSING, teacher=shows(" done", lacks="Sam")
    ),
    ("quizzes:projector", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:new_assignment", "GET"): signed_in(
        MISSING, teacher=shows("How kites fly", lacks="Robin")
    ),
    ("quizzes:new_assignment", "POST"): signed_in(
        MISSING, teacher=Answer(422, "Choose a lesson, a quiz, or both.")
    ),
    ("quizzes:edit_assignment", "GET"): signed_in(
        MISSING, teacher=shows("It stays: somebody has begun it.", lacks="Robin")
    ),
    ("quizzes:edit_assignment", "POST"): signed_in(MISSING, teacher=TO_THE_LIST),
    ("quizzes:copy_assignment", "GET"): signed_in(
        MISSING, teacher=shows("You teach no other class", lacks="Room 7")
    ),
    ("quizzes:copy_assignment", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:delete_assignment", "GET"): signed_in(NO_SUCH_METHOD),
    ("quizzes:delete_assignment", "POST"): signed_in(
        MISSING, teacher=Answer(409, "Somebody has begun it, so it stays.")
    ),
    ("quizzes:close_assignment", "GET"): signed_in(NO_SUCH_METHOD),
    ("quizzes:close_assignment", "POST"): signed_in(MISSING, teacher=TO_THE_LIST),
    ("quizzes:preview_assignment", "GET"): signed_in(
        MISSING,
        teacher=shows("The wind pushes it up."),
        co_teacher=shows("What lifts a kite?", lacks="The wind pushes it up"),
    ),
    ("quizzes:preview_assignment", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:assignment_extensions", "GET"): signed_in(
        MISSING, teacher=shows("Sam", lacks="Robin")
    ),
    ("quizzes:assignment_extensions", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:extend", "GET"): signed_in(
        MISSING, teacher=shows("More for Sam", lacks="Extra minutes")
    ),
    ("quizzes:extend", "POST"): signed_in(
        MISSING, teacher=leads(f"/assignments/{ASSIGNMENT}/extensions/")
    ),
    ("quizzes:calendar", "GET"): signed_in(
        shows("It is off", lacks=SECRET), student=shows(SECRET)
    ),
    ("quizzes:calendar", "POST"): signed_in(leads("/calendar/")),
    ("quizzes:calendar_feed", "GET"): everyone(shows("VCALENDAR", lacks="Sam")),
    ("quizzes:calendar_feed", "POST"): everyone(NO_SUCH_METHOD),
}


def prepare(cast):
    Assignment.objects.filter(pk=ASSIGNMENT).update(attempts_allowed=9)
    CalendarFeed.objects.create(person=cast["student"], secret=SECRET)
