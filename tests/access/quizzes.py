from tests.access.answers import (
    ATTEMPT,
    CLOSED,
    MISSING,
    NO_SUCH_METHOD,
    Answer,
    everyone,
    leads,
    shows,
    signed_in,
)

DATA = {
    "quizzes:submit": {"question": "1", "q{lift}": "wind00"},
    "quizzes:check": {"q{check}": "calm00"},
}

ROWS = {
    ("quizzes:quiz", "GET"): everyone(
        shows("Check what stuck", lacks="The wind pushes it up")
    ),
    ("quizzes:quiz", "POST"): everyone(NO_SUCH_METHOD),
    ("quizzes:lesson_panel", "GET"): everyone(
        shows("Check what stuck", lacks="The wind pushes it up")
    ),
    ("quizzes:lesson_panel", "POST"): everyone(NO_SUCH_METHOD),
    ("quizzes:start", "GET"): everyone(NO_SUCH_METHOD),
    ("quizzes:start", "POST"): signed_in(
        leads("/attempts/…/"),
        signed_out=shows("What lifts a kite?", lacks="The wind pushes it up"),
        student=leads(f"/attempts/{ATTEMPT}/"),
    ),
    ("quizzes:answer", "GET"): everyone(NO_SUCH_METHOD),
    # Without what a signed-out reader's page carries.
    ("quizzes:answer", "POST"): everyone(
        Answer(400, "We could not read where you were", lacks="The wind pushes it up")
    ),
    ("quizzes:check", "GET"): everyone(
        shows("Can a kite fly in still air?", lacks="Still air pushes nothing")
    ),
    ("quizzes:check", "POST"): everyone(
        leads("/learn/quiz/end-kites/check/c1/"),
        signed_out=shows("Still air pushes nothing"),
    ),
    ("quizzes:attempt", "GET"): signed_in(
        MISSING, student=shows("What lifts a kite?", lacks="The wind pushes it up")
    ),
    ("quizzes:attempt", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:submit", "GET"): everyone(NO_SUCH_METHOD),
    ("quizzes:submit", "POST"): signed_in(
        MISSING,
        signed_out=leads(f"/account/login/?next=/attempts/{ATTEMPT}/…"),
        student=leads(f"/attempts/{ATTEMPT}/?question=1"),
    ),
    ("quizzes:save", "GET"): signed_in(NO_SUCH_METHOD),
    ("quizzes:save", "POST"): signed_in(MISSING, student=shows("Saved")),
    ("quizzes:hand_in", "GET"): signed_in(NO_SUCH_METHOD),
    ("quizzes:hand_in", "POST"): signed_in(
        MISSING, student=leads(f"/attempts/{ATTEMPT}/")
    ),
    ("quizzes:try_missed", "GET"): signed_in(NO_SUCH_METHOD),
    # Not handed in yet: nothing is missed.
    ("quizzes:try_missed", "POST"): signed_in(
        MISSING, student=leads(f"/attempts/{ATTEMPT}/")
    ),
    ("quizzes:print", "GET"): everyone(
        shows("What lifts a kite?", lacks="The wind pushes it up")
    ),
    ("quizzes:print", "POST"): everyone(NO_SUCH_METHOD),
    ("quizzes:key", "GET"): signed_in(
        CLOSED,
        teacher=shows("The wind pushes it up"),
        co_teacher=CLOSED,
        other_teacher=shows("The wind pushes it up"),
        former_teacher=shows("The wind pushes it up"),
    ),
    ("quizzes:key", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:review", "GET"): everyone(
        shows("Nothing to look at again"),
        signed_out=shows("This browser remembers no answers yet"),
        student=shows("<strong>1</strong> question waits"),
    ),
    ("quizzes:review", "POST"): everyone(NO_SUCH_METHOD),
    ("quizzes:review_start", "GET"): signed_in(NO_SUCH_METHOD),
    ("quizzes:review_start", "POST"): signed_in(
        leads("/learn/review/"), student=leads("/attempts/…/")
    ),
    ("quizzes:review_sheet", "GET"): everyone(
        shows("Nothing for this week", lacks="What lifts a kite?"),
        student=shows("What lifts a kite?", lacks="The wind pushes it up"),
    ),
    ("quizzes:review_sheet", "POST"): everyone(
        Answer(400, "could not be read", lacks="What lifts a kite?")
    ),
    ("quizzes:review_device", "GET"): everyone(NO_SUCH_METHOD),
    ("quizzes:review_device", "POST"): everyone(Answer(400, "Send a JSON object")),
    ("quizzes:review_answer", "GET"): everyone(NO_SUCH_METHOD),
    # Without what a signed-out reader's page carries.
    ("quizzes:review_answer", "POST"): everyone(
        leads("/learn/review/"),
        signed_out=Answer(400, "We could not read where you were"),
    ),
    ("quizzes:mastery", "GET"): signed_in(
        shows("Nothing to tell yet", lacks="How kites fly"),
        student=shows("How kites fly"),
    ),
    ("quizzes:mastery", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:lesson_mastery", "GET"): signed_in(
        shows("Not answered yet", lacks="The string"),
        student=shows("The string"),
    ),
    ("quizzes:lesson_mastery", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:results", "GET"): signed_in(
        shows("No quiz finished yet", lacks="How strings pull"),
        student=shows("How strings pull"),
    ),
    ("quizzes:results", "POST"): signed_in(NO_SUCH_METHOD),
}
