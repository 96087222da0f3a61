from tests.access.answers import (
    NO_SUCH_METHOD,
    Answer,
    everyone,
    leads,
    shows,
    signed_in,
)

QUERIES = {"lessons:states": "?lessons=kites"}

ROWS = {
    ("lessons:catalogue", "GET"): everyone(shows("How kites fly")),
    ("lessons:catalogue", "POST"): everyone(NO_SUCH_METHOD),
    ("lessons:tier", "GET"): everyone(shows("How kites fly")),
    ("lessons:tier", "POST"): everyone(NO_SUCH_METHOD),
    ("lessons:track", "GET"): everyone(shows("How kites fly")),
    ("lessons:track", "POST"): everyone(NO_SUCH_METHOD),
    ("lessons:lesson", "GET"): everyone(shows("A kite leans on the wind.")),
    ("lessons:lesson", "POST"): everyone(NO_SUCH_METHOD),
    ("lessons:print", "GET"): everyone(shows("A kite leans on the wind.")),
    ("lessons:print", "POST"): everyone(NO_SUCH_METHOD),
    ("lessons:picture", "GET"): everyone(shows("<svg>a kite</svg>")),
    ("lessons:picture", "POST"): everyone(NO_SUCH_METHOD),
    ("lessons:me", "GET"): everyone(
        shows("Your progress in this lesson", lacks="You read this lesson"),
        student=shows("You read this lesson on 2 November 2026"),
    ),
    ("lessons:me", "POST"): everyone(NO_SUCH_METHOD),
    ("lessons:finish", "GET"): signed_in(NO_SUCH_METHOD),
    ("lessons:finish", "POST"): signed_in(
        leads("/learn/lesson/kites/me/?finished=now")
    ),
    ("lessons:report", "GET"): everyone(shows("What is wrong")),
    ("lessons:report", "POST"): everyone(
        Answer(422, "Say in a few words what is wrong.")
    ),
    ("lessons:states", "GET"): everyone(
        shows("How far I am", lacks="is-read"), student=shows("state-kites")
    ),
    ("lessons:states", "POST"): everyone(NO_SUCH_METHOD),
    ("lessons:reading", "GET"): signed_in(
        shows("No lesson begun yet"), student=shows("How kites fly")
    ),
    ("lessons:reading", "POST"): signed_in(NO_SUCH_METHOD),
}
