from tests.access.answers import (
    MISSING,
    NO_SUCH_METHOD,
    WRONG,
    Answer,
    leads,
    shows,
    signed_in,
)

DATA = {
    "quizzes:raise_dispute": {f"{WRONG}-why": "The string pulls it up."},
    "quizzes:dispute": {"decision": "decline", "word": "The string holds it."},
    "quizzes:question_key": {"reason": "The string was right."},
}

ROWS = {
    ("quizzes:raise_dispute", "GET"): signed_in(NO_SUCH_METHOD),
    ("quizzes:raise_dispute", "POST"): signed_in(MISSING, student=leads("/attempts/…")),
    ("quizzes:disputes", "GET"): signed_in(
        MISSING,
        teacher=shows("Nothing to look at", lacks="The tail"),
        other_teacher=shows("Nothing to look at", lacks="The tail"),
        admin=shows("The tail", lacks="Sam"),
    ),
    ("quizzes:disputes", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:dispute", "GET"): signed_in(
        MISSING, admin=shows("A tail steers.", lacks="Sam")
    ),
    ("quizzes:dispute", "POST"): signed_in(MISSING, admin=leads("/disputes/")),
    ("quizzes:question_key", "GET"): signed_in(MISSING, admin=shows("Version 1")),
    ("quizzes:question_key", "POST"): signed_in(
        MISSING, admin=Answer(409, "No older version asks the same")
    ),
    ("quizzes:correction", "GET"): signed_in(
        MISSING, admin=shows("A tail helps, too.", lacks="Sam")
    ),
    ("quizzes:correction", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:news", "GET"): signed_in(
        shows("Nothing is new about your marks", lacks="How tails steer"),
        student=shows("How tails steer"),
        admin=shows("Answers to look at", lacks="How tails steer"),
    ),
    ("quizzes:news", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:news_seen", "GET"): signed_in(NO_SUCH_METHOD),
    ("quizzes:news_seen", "POST"): signed_in(leads("/learn/results/news/")),
}
