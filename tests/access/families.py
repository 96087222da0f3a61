from tendril.accounts.models import Guardianship, User
from tests.access.answers import (
    CLASSROOM,
    CLOSED,
    MISSING,
    NO_SUCH_METHOD,
    STUDENT,
    Answer,
    everyone,
    leads,
    shows,
    signed_in,
)
from tests.factories import InvitationFactory, UserFactory

BOND, LETTER = 900_000_041, 900_000_042
ARGUMENTS = {
    "guardianship_id": BOND,
    "invitation_id": LETTER,
    "token": "made-up",
    "mail_name": "1",
}
QUERIES = {"accounts:link": "?code=FAMKY-46ACD"}
DATA = {
    "accounts:email": {"email": "me@example.org"},
    "accounts:link": {"code": "FAMKY46ACD"},
    "accounts:invite": {"email": "grandma@example.org"},
    "classrooms:invite_guardian": {"email": "grandma@example.org"},
}


def prepare(cast):
    """Room 12 looks after Sam's account; Pat waits to be known as a guardian."""
    User.objects.filter(pk=STUDENT).update(managed_by=CLASSROOM)
    pat = UserFactory(username="pat", display_name="Pat", adult=True)
    Guardianship.objects.create(pk=BOND, guardian=pat, student=cast["student"])
    InvitationFactory(
        pk=LETTER,
        student=cast["student"],
        made_by=cast["teacher"],
        code="FAMKY46ACD",
    )


def school(answer, **others):
    """For Sam's school: who teaches the class of his account now, and staff."""
    return signed_in(MISSING, teacher=answer, admin=answer, **others)


CHILDREN_ONLY = {"student", "classmate", "other_student"}
NOT_FOR_CHILDREN = dict.fromkeys(CHILDREN_ONLY, CLOSED)
TO_FAMILY = leads(f"/classes/families/{STUDENT}/")

ROWS = {
    ("accounts:email", "GET"): signed_in(
        shows("Send me a link"),
        **dict.fromkeys(
            CHILDREN_ONLY, shows("Addresses are for adults", lacks="Send me a link")
        ),
    ),
    ("accounts:email", "POST"): signed_in(leads("/account/email/"), **NOT_FOR_CHILDREN),
    ("accounts:remove_email", "GET"): signed_in(NO_SUCH_METHOD),
    ("accounts:remove_email", "POST"): signed_in(leads("/account/email/")),
    ("accounts:wishes", "GET"): signed_in(NO_SUCH_METHOD),
    # Nobody of the cast has an address.
    ("accounts:wishes", "POST"): signed_in(CLOSED),
    ("accounts:confirm_email", "GET"): signed_in(
        Answer(404, "This link does not work")
    ),
    ("accounts:confirm_email", "POST"): signed_in(
        Answer(404, "This link does not work")
    ),
    ("accounts:stop_mail", "GET"): everyone(Answer(404, "This link does not work")),
    ("accounts:stop_mail", "POST"): everyone(Answer(404, "This link does not work")),
    ("accounts:link", "GET"): signed_in(
        shows("Are you a parent or guardian of Sam?"),
        student=Answer(403, "This code is for a parent or guardian of yours"),
        classmate=Answer(403, "Only adults can be guardians", lacks="Sam"),
        other_student=Answer(403, "Only adults can be guardians", lacks="Sam"),
        teacher=Answer(403, "You made this code yourself"),
        co_teacher=shows("Are you a parent or guardian of Sam?"),
    ),
    ("accounts:link", "POST"): signed_in(
        leads("/family/"),
        student=Answer(403, "This code is for a parent or guardian of yours"),
        classmate=Answer(403, "Only adults can be guardians"),
        other_student=Answer(403, "Only adults can be guardians"),
        teacher=Answer(403, "You made this code yourself"),
        co_teacher=leads("/family/"),
    ),
    ("accounts:guardians", "GET"): signed_in(
        shows("My children", lacks="Sam"),
        student=shows("Pat", lacks="My children"),
        classmate=shows("Nobody is linked to you", lacks="Pat"),
        other_student=shows("Toni", lacks="Pat"),
        guardian=shows("Sam", lacks="Pat"),
        other_guardian=shows("Robin", lacks="Sam"),
    ),
    ("accounts:guardians", "POST"): signed_in(
        CLOSED, **dict.fromkeys(CHILDREN_ONLY, leads("/account/guardians/"))
    ),
    ("accounts:end_link", "GET"): signed_in(
        MISSING, student=shows("Undo the link with Pat?")
    ),
    ("accounts:end_link", "POST"): signed_in(
        MISSING, student=leads("/account/guardians/")
    ),
    ("accounts:take_back", "GET"): signed_in(NO_SUCH_METHOD),
    ("accounts:take_back", "POST"): signed_in(
        MISSING, teacher=leads("/account/guardians/"), co_teacher=MISSING
    ),
    ("accounts:invite", "GET"): signed_in(
        MISSING, guardian=shows("Invite another guardian of Sam")
    ),
    ("accounts:invite", "POST"): signed_in(
        MISSING, guardian=leads(f"/family/{STUDENT}/")
    ),
    ("classrooms:families", "GET"): signed_in(
        shows("No families to look after", lacks="Sam"),
        student=shows("No families to look after"),
        teacher=shows("Sam", lacks="Kim"),
        admin=shows("Robin"),
    ),
    ("classrooms:families", "POST"): signed_in(NO_SUCH_METHOD),
    ("classrooms:family", "GET"): school(shows("Yes, Pat is a guardian", lacks="Toni")),
    ("classrooms:family", "POST"): signed_in(NO_SUCH_METHOD),
    ("classrooms:make_letter", "GET"): signed_in(NO_SUCH_METHOD),
    ("classrooms:make_letter", "POST"): school(leads("/classes/families/letters/…/")),
    ("classrooms:invite_guardian", "GET"): signed_in(NO_SUCH_METHOD),
    ("classrooms:invite_guardian", "POST"): school(TO_FAMILY),
    ("classrooms:letter", "GET"): school(shows("FAMKY-46ACD", lacks="Pat")),
    ("classrooms:letter", "POST"): signed_in(NO_SUCH_METHOD),
    ("classrooms:take_back", "GET"): signed_in(NO_SUCH_METHOD),
    ("classrooms:take_back", "POST"): school(TO_FAMILY),
    ("classrooms:verify_guardian", "GET"): signed_in(NO_SUCH_METHOD),
    ("classrooms:verify_guardian", "POST"): school(TO_FAMILY),
    ("classrooms:bar_guardian", "GET"): signed_in(NO_SUCH_METHOD),
    ("classrooms:bar_guardian", "POST"): school(TO_FAMILY),
    ("classrooms:lift_bar", "GET"): signed_in(NO_SUCH_METHOD),
    ("classrooms:lift_bar", "POST"): school(TO_FAMILY),
    ("home:seen", "GET"): signed_in(
        shows("What my teacher and family see", lacks="Sam</h2>"),
        student=shows("Sam</h2>", lacks="Kim"),
    ),
    ("home:seen", "POST"): signed_in(NO_SUCH_METHOD),
    ("home:family", "GET"): signed_in(
        shows("No child is linked to you yet", lacks="Sam</h2>"),
        student=shows("No child is linked to you yet"),
        guardian=shows("Sam</h2>", lacks="Robin"),
        other_guardian=shows("Robin</h2>", lacks="Sam"),
    ),
    ("home:family", "POST"): signed_in(NO_SUCH_METHOD),
    ("home:family_of", "GET"): signed_in(MISSING, guardian=shows("Sam</h2>")),
    ("home:family_of", "POST"): signed_in(NO_SUCH_METHOD),
    ("lessons:family_reading", "GET"): signed_in(
        MISSING, guardian=shows("How kites fly"), student=shows("How kites fly")
    ),
    ("lessons:family_reading", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:family_work", "GET"): signed_in(
        MISSING,
        guardian=shows("To ask at dinner", lacks="The string"),
        student=shows("To ask at dinner", lacks="The string"),
    ),
    ("quizzes:family_work", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:seen_work", "GET"): signed_in(
        shows("no teacher has a list with you", lacks="Room 12"),
        student=shows("Room 12", lacks="Kim"),
        classmate=shows("Room 12", lacks="Sam"),
        other_student=shows("Room 7", lacks="Sam"),
    ),
    ("quizzes:seen_work", "POST"): signed_in(NO_SUCH_METHOD),
    ("quizzes:seen_answers", "GET"): signed_in(
        MISSING,
        student=shows("has not shown them yet", lacks="What lifts a kite?"),
        classmate=shows("No answers yet", lacks="Sam"),
    ),
    ("quizzes:seen_answers", "POST"): signed_in(NO_SUCH_METHOD),
    # Only a demo shows mail.
    ("demo_mails", "GET"): everyone(MISSING),
    ("demo_mails", "POST"): everyone(NO_SUCH_METHOD),
    ("demo_mail", "GET"): everyone(MISSING),
    ("demo_mail", "POST"): everyone(NO_SUCH_METHOD),
}
