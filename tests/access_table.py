"""Who gets what at every address, to be read from top to bottom.

A row is a route, a method and, where one route answers in several ways, a case.
It says for each person the status, and what tells that it is the right answer:
something in the body, something that must not be in it, or where it leads ("…"
stands for anything).
"""

from typing import NamedTuple
from uuid import UUID

PEOPLE = ["signed out", "student", "other student", "teacher", "guardian", "admin"]

# Numbers that no sequence reaches while the tests run.
ATTEMPT = UUID(int=1)
BATCH = UUID(int=2)
ASSIGNMENT = 900_000_007
LATE = UUID(int=7)
WRONG = UUID(int=8)
LIFT = 900_001_000
DISPUTE = 900_000_008
CORRECTION = 900_000_009


class Answer(NamedTuple):
    status: int
    has: str = ""
    lacks: str = ""
    to: str = ""

    @property
    def is_telling(self):
        return bool(self.has or self.lacks or self.to)


def shows(has, lacks=""):
    return Answer(200, has, lacks)


def leads(to):
    return Answer(302, to=to)


SIGN_IN = leads("/account/login/?next=…")
MISSING = Answer(404, "There is nothing at this address", lacks="What lifts a kite?")
CLOSED = Answer(403, "This page is not open to you", lacks="The wind pushes it up")
NO_SUCH_METHOD = Answer(405, to="Allow")


def everyone(answer, **others):
    """The same answer for everyone, but for those who are named."""
    answers = dict.fromkeys(PEOPLE, answer)
    answers.update({name.replace("_", " "): other for name, other in others.items()})
    assert list(answers) == PEOPLE, f"Nobody in {PEOPLE} is meant by {list(others)}"
    return answers


def signed_in(answer, **others):
    return everyone(answer, **{"signed_out": SIGN_IN, **others})


# What is asked for.
QUERIES = {"lessons:states": "?lessons=kites"}

# What is posted; the keys of ANSWERS with a case, or all cases of a route.
DATA = {
    "quizzes:submit": {"question": "1", "q{lift}": "wind00"},
    "quizzes:check": {"q{check}": "calm00"},
    "quizzes:decide_late": {"decision": "count"},
    "quizzes:raise_dispute": {f"{WRONG}-why": "The string pulls it up."},
    "quizzes:dispute": {"decision": "decline", "word": "The string holds it."},
    "quizzes:question_key": {"reason": "The string was right."},
}
# What every form sends; the test client is not asked whether it is right.
EVERY_FORM = {"csrfmiddlewaretoken": "any"}
# Asked by scripts, with a body that is no form; here with an empty one.
TAKING_JSON = {"home:sync", "home:offer", "quizzes:review_device"}

ANSWERS = {
    ("home:home", "GET"): everyone(
        shows("Hello, ", lacks="My classes"),
        signed_out=shows("Understand AI, one short lesson at a time"),
        teacher=shows("My classes", lacks="My family"),
        guardian=shows("My family", lacks="My classes"),
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
    #
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
    ("lessons:finish", "POST"): signed_in(leads("/learn/lesson/kites/me/")),
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
    #
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
    ("quizzes:assigned", "GET"): signed_in(
        shows("Nothing is waiting for you", lacks="Room 12"),
        student=shows("Room 12"),
    ),
    ("quizzes:assigned", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:assignment", "GET"): signed_in(
        MISSING,
        student=shows("What you handed in", lacks="What the class has done"),
        teacher=shows("What the class has done", lacks="What you handed in"),
    ),
    ("quizzes:assignment", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:start_assigned", "GET"): signed_in(NO_SUCH_METHOD),
    ("quizzes:start_assigned", "POST"): signed_in(
        MISSING,
        student=leads("/attempts/…/"),
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
    ("quizzes:release", "GET"): signed_in(NO_SUCH_METHOD),
    ("quizzes:release", "POST"): signed_in(
        MISSING, teacher=leads(f"/assignments/{ASSIGNMENT}/work/")
    ),
    ("quizzes:print", "GET"): everyone(
        shows("What lifts a kite?", lacks="The wind pushes it up")
    ),
    ("quizzes:print", "POST"): everyone(NO_SUCH_METHOD),
    ("quizzes:key", "GET"): signed_in(CLOSED, teacher=shows("The wind pushes it up")),
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
    ("quizzes:raise_dispute", "GET"): signed_in(NO_SUCH_METHOD),
    ("quizzes:raise_dispute", "POST"): signed_in(MISSING, student=leads("/attempts/…")),
    ("quizzes:disputes", "GET"): signed_in(
        MISSING,
        teacher=shows("Nothing to look at", lacks="The tail"),
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
    ("quizzes:results", "GET"): signed_in(
        shows("No quiz finished yet", lacks="How strings pull"),
        student=shows("How strings pull"),
    ),
    ("quizzes:results", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:class_panel", "GET"): signed_in(
        shows("You have no class yet", lacks="Sam"),
        student=shows("You have no class yet"),
        teacher=shows("Sam", lacks="Robin"),
    ),
    ("quizzes:class_panel", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:family_panel", "GET"): signed_in(
        shows("No child is linked to you yet", lacks="Sam"),
        student=shows("No child is linked to you yet"),
        guardian=shows("Sam", lacks="Robin"),
    ),
    ("quizzes:family_panel", "POST"): signed_in(NO_SUCH_METHOD),
    #
    ("tutor:panel", "GET"): everyone(shows("A question about this lesson?")),
    ("tutor:panel", "POST"): everyone(NO_SUCH_METHOD),
    #
    ("accounts:account", "GET"): signed_in(shows("Your username is")),
    ("accounts:account", "POST"): signed_in(leads("/account/")),
    ("accounts:who", "GET"): everyone(
        shows("Sign in"),
        student=shows("Sam"),
        other_student=shows("Robin"),
        teacher=shows("Ms Field"),
        guardian=shows("Alex"),
        admin=shows("Office"),
    ),
    ("accounts:who", "POST"): everyone(NO_SUCH_METHOD),
    ("accounts:recovery_words", "GET"): signed_in(
        shows("Six words that let you back in")
    ),
    ("accounts:recovery_words", "POST"): signed_in(shows("Your six recovery words")),
    ("accounts:recover", "GET"): everyone(
        leads("/"), signed_out=shows("Back into your account")
    ),
    ("accounts:recover", "POST"): everyone(
        leads("/"), signed_out=Answer(422, "This field is required")
    ),
    ("classrooms:seen_by", "GET"): signed_in(
        shows("Nobody but you", lacks="Ms Field, a teacher"),
        student=shows("Ms Field, a teacher of Room 12", lacks="Mr Hill"),
        other_student=shows("Mr Hill, a teacher of Room 7", lacks="Ms Field"),
    ),
    ("classrooms:seen_by", "POST"): signed_in(NO_SUCH_METHOD),
    ("account_login", "GET"): everyone(
        leads("/"), signed_out=shows("<h1>Sign in</h1>")
    ),
    ("account_login", "POST"): everyone(
        leads("/"), signed_out=shows("This field is required")
    ),
    ("account_logout", "GET"): everyone(
        shows("<h1>Sign out?</h1>"), signed_out=leads("/")
    ),
    ("account_logout", "POST"): everyone(leads("/")),
    ("account_signup", "GET"): everyone(
        leads("/"), signed_out=shows("<h1>Sign up</h1>")
    ),
    ("account_signup", "POST"): everyone(
        leads("/"), signed_out=shows("This field is required")
    ),
    ("account_change_password", "GET"): signed_in(shows("Your password now")),
    ("account_change_password", "POST"): signed_in(shows("This field is required")),
    #
    ("healthz", "GET"): everyone(shows("ok")),
    ("healthz", "POST"): everyone(NO_SUCH_METHOD),
    ("readyz", "GET"): everyone(Answer(503, "worker does not answer")),
    ("readyz", "POST"): everyone(NO_SUCH_METHOD),
}

# Every address of the admin, but for what is listed below.
TO_STAFF = leads("/staff/admin/login/?next=…")
ADMIN = everyone(TO_STAFF, signed_out=SIGN_IN, admin=shows("Log out"))
ADMIN_ANSWERS = {
    "admin:index": ADMIN | {"signed out": TO_STAFF},
    "admin:login": everyone(CLOSED, signed_out=SIGN_IN, admin=leads("/staff/admin/")),
}
