from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from tendril.accounts import looks
from tendril.accounts.models import Export, Look
from tests.access.answers import (
    MISSING,
    NO_SUCH_METHOD,
    STUDENT,
    leads,
    shows,
    signed_in,
)
from tests.factories import PASSWORD

COPY = UUID(int=41)
ARGUMENTS = {"export_id": COPY, "person_id": STUDENT}
DATA = {"data:erase": {"password": PASSWORD}}
TO_PAGE = leads("/account/data/…/")


def prepare(cast):
    """The student's account is managed by the class; the guardian has a copy of it."""
    student = cast["student"]
    student.managed_by = student.enrolments.get().classroom
    student.save()
    now = timezone.now()
    Export.objects.create(
        pk=COPY,
        person=student,
        asked_by=cast["guardian"],
        content=b"zipped",
        made_at=now,
        expires_at=now + timedelta(days=7),
    )
    looks.record(cast["teacher"], [student], Look.What.ANSWERS)


ROWS = {
    ("data:mine", "GET"): signed_in(
        shows("What is kept about you", lacks="Children you decide for"),
        teacher=shows("Sam", lacks="Kim"),
        guardian=shows("Sam", lacks="Robin"),
        other_guardian=shows("Robin", lacks="Sam"),
    ),
    ("data:mine", "POST"): signed_in(NO_SUCH_METHOD),
    ("data:person", "GET"): signed_in(
        MISSING,
        student=shows("What is kept about you", lacks="Download the copy"),
        teacher=shows("What is kept about Sam", lacks="Download the copy"),
        guardian=shows("Download the copy"),
    ),
    ("data:person", "POST"): signed_in(NO_SUCH_METHOD),
    ("data:ask_copy", "GET"): signed_in(NO_SUCH_METHOD),
    ("data:ask_copy", "POST"): signed_in(
        MISSING, student=leads("/account/data/"), teacher=TO_PAGE, guardian=TO_PAGE
    ),
    # Only for who asked for it.
    ("data:copy", "GET"): signed_in(MISSING, guardian=shows("zipped")),
    ("data:copy", "POST"): signed_in(NO_SUCH_METHOD),
    ("data:erase", "GET"): signed_in(
        MISSING,
        student=shows("Erase your account?"),
        teacher=shows("Erase the account of Sam (student)?"),
        guardian=shows("Erase the account of Sam (student)?"),
    ),
    ("data:erase", "POST"): signed_in(
        MISSING, student=leads("/account/data/"), teacher=TO_PAGE, guardian=TO_PAGE
    ),
    ("data:call_off", "GET"): signed_in(NO_SUCH_METHOD),
    ("data:call_off", "POST"): signed_in(
        MISSING, student=leads("/account/data/"), teacher=TO_PAGE, guardian=TO_PAGE
    ),
    ("data:my_looks", "GET"): signed_in(
        shows("Nobody so far", lacks="Ms Field"),
        student=shows("Ms Field", lacks="Mr Hill"),
        # Their own name stands at the top of the page.
        teacher=shows("Nobody so far"),
    ),
    ("data:my_looks", "POST"): signed_in(NO_SUCH_METHOD),
    ("data:looks", "GET"): signed_in(
        MISSING, guardian=shows("Ms Field", lacks="Mr Hill")
    ),
    ("data:looks", "POST"): signed_in(NO_SUCH_METHOD),
}
