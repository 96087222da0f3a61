"""Who gets what at every address, to be read from top to bottom.

A row is a route, a method and, where one route answers in several ways, a case.
It says for each person the status, and what tells that it is the right answer:
something in the body, something that must not be in it, or where it leads ("…"
stands for anything).
"""

from typing import NamedTuple
from uuid import UUID

PEOPLE = [
    "signed out",
    "student",
    "classmate",
    "other student",
    "teacher",
    "co-teacher",
    "other teacher",
    "former teacher",
    "guardian",
    "other guardian",
    "admin",
]
# Who gets the same as somebody else, unless a row says otherwise.
ALIKE = {"co-teacher": "teacher"}

# Numbers that no sequence reaches while the tests run.
CLASSROOM = 900_000_012
STUDENT = 900_000_021
ATTEMPT = UUID(int=1)
BATCH = UUID(int=2)
ASSIGNMENT = 900_000_007
LATE = UUID(int=7)
WRONG = UUID(int=8)
LIFT = 900_001_000
DISPUTE = 900_000_008
CORRECTION = 900_000_009


TO_KEYWORD = str.maketrans(" -", "__")


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
    named = {person_called(name): other for name, other in others.items()}
    return {
        person: named.get(person, named.get(ALIKE.get(person), answer))
        for person in PEOPLE
    }


def person_called(name):
    """The person in the table that a keyword such as ``co_teacher`` means."""
    people = {person.translate(TO_KEYWORD): person for person in PEOPLE}
    return people[name]


def signed_in(answer, **others):
    return everyone(answer, **{"signed_out": SIGN_IN, **others})


# Every address of the admin, but for what is listed below.
TO_STAFF = leads("/staff/admin/login/?next=…")
ADMIN = everyone(TO_STAFF, signed_out=SIGN_IN, admin=shows("Log out"))
ADMIN_ANSWERS = {
    "admin:index": ADMIN | {"signed out": TO_STAFF},
    "admin:login": everyone(CLOSED, signed_out=SIGN_IN, admin=leads("/staff/admin/")),
}
