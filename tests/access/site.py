from tests.access.answers import (
    MISSING,
    NO_SUCH_METHOD,
    Answer,
    everyone,
    leads,
    shows,
    signed_in,
)

ROWS = {
    ("home:home", "GET"): everyone(
        shows("Hello, ", lacks="My classes"),
        signed_out=shows("Understand AI, one short lesson at a time"),
        teacher=shows("My classes", lacks="My family"),
        other_teacher=shows("My classes", lacks="My family"),
        former_teacher=shows("My classes", lacks="My family"),
        guardian=shows("My family", lacks="My classes"),
        other_guardian=shows("My family", lacks="My classes"),
    ),
    ("home:home", "POST"): everyone(NO_SUCH_METHOD),
    ("home:me", "GET"): everyone(
        shows("My page", lacks="Added from a device"),
        signed_out=shows("You are not signed in."),
        student=shows("Added from a device"),
    ),
    ("home:me", "POST"): everyone(NO_SUCH_METHOD),
    ("home:sync", "GET"): everyone(NO_SUCH_METHOD),
    ("home:sync", "POST"): everyone(
        Answer(400, "Send a JSON object"),
        signed_out=Answer(401, "Sign in to keep your progress"),
    ),
    ("home:offer", "GET"): everyone(NO_SUCH_METHOD),
    ("home:offer", "POST"): everyone(Answer(400, "Send a JSON object")),
    ("home:undo_sync", "GET"): signed_in(NO_SUCH_METHOD),
    ("home:undo_sync", "POST"): signed_in(MISSING, student=leads("/me/")),
    ("healthz", "GET"): everyone(shows("ok")),
    ("healthz", "POST"): everyone(NO_SUCH_METHOD),
    ("readyz", "GET"): everyone(Answer(503, "worker does not answer")),
    ("readyz", "POST"): everyone(NO_SUCH_METHOD),
}
