from tests.access.answers import (
    ASSIGNMENT,
    MISSING,
    NO_SUCH_METHOD,
    Answer,
    leads,
    shows,
    signed_in,
)

DATA = {"quizzes:decide_late": {"decision": "count"}}

ROWS = {
    ("quizzes:assigned", "GET"): signed_in(
        shows("Nothing is waiting for you", lacks="Room 12"),
        student=shows("Room 12"),
        classmate=shows("Room 12"),
    ),
    ("quizzes:assigned", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:assigned_in_class", "GET"): signed_in(
        MISSING,
        student=shows("Assigned to me", lacks="Kim"),
        classmate=shows("Assigned to me", lacks="Sam"),
    ),
    ("quizzes:assigned_in_class", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:assignment", "GET"): signed_in(
        MISSING,
        student=shows("What you handed in", lacks="What the class has done"),
        classmate=shows("How it goes", lacks="What you handed in"),
        teacher=shows("What the class has done", lacks="What you handed in"),
    ),
    ("quizzes:assignment", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:start_assigned", "GET"): signed_in(NO_SUCH_METHOD),
    ("quizzes:start_assigned", "POST"): signed_in(
        MISSING,
        student=leads("/attempts/…/"),
        classmate=leads("/attempts/…/"),
        teacher=Answer(403, "This page is not open to you"),
    ),
    ("quizzes:assignment_work", "GET"): signed_in(
        MISSING, teacher=shows("A very late answer", lacks="Robin")
    ),
    ("quizzes:assignment_work", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:assignment_print", "GET"): signed_in(
        MISSING, teacher=shows("What lifts a kite?", lacks="The wind pushes it up")
    ),
    ("quizzes:assignment_print", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:decide_late", "GET"): signed_in(NO_SUCH_METHOD),
    ("quizzes:decide_late", "POST"): signed_in(
        MISSING, teacher=leads(f"/assignments/{ASSIGNMENT}/work/")
    ),
    ("quizzes:release", "GET"): signed_in(
        MISSING, teacher=shows("Show the marks to everybody?", lacks="Sam")
    ),
    ("quizzes:release", "POST"): signed_in(
        MISSING, teacher=leads(f"/assignments/{ASSIGNMENT}/work/")
    ),
    ("quizzes:class_panel", "GET"): signed_in(
        shows("You have no class yet", lacks="Sam"),
        student=shows("You have no class yet"),
        teacher=shows("Sam", lacks="Robin"),
        other_teacher=shows("Robin", lacks="Sam"),
    ),
    ("quizzes:class_panel", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:family_panel", "GET"): signed_in(
        shows("No child is linked to you yet", lacks="Sam"),
        student=shows("No child is linked to you yet"),
        guardian=shows("Sam", lacks="Robin"),
        other_guardian=shows("Robin", lacks="Sam"),
    ),
    ("quizzes:family_panel", "POST"): signed_in(NO_SUCH_METHOD),
}
