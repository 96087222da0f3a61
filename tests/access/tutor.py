from uuid import UUID

from lessons.models import Lesson
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
from tutor.models import Exchange, Flag, TeacherQuestion
from tutor.purposes import Purpose

EXCHANGE, FLAG = UUID(int=61), 900_000_061
TEACHER_QUESTION = 900_000_063
ARGUMENTS = {
    "exchange_id": EXCHANGE,
    "flag_id": FLAG,
    "teacher_question_id": TEACHER_QUESTION,
}
DATA = {
    "tutor:ask": {"exchange_id": str(UUID(int=62)), "question": "What lifts a kite?"},
    "tutor:ask_teacher": {
        "exchange_id": str(UUID(int=62)),
        "question": "What lifts a kite?",
        "classroom": str(CLASSROOM),
    },
    "tutor:follow": {"kind": "simpler"},
    "tutor:send_on": {"classroom": str(CLASSROOM)},
    "tutor:answer_question": {"answer": "The wind does."},
    "tutor:grant": {"password": "not the password"},
    "tutor:rule": {"daily_questions": "7"},
    "tutor:record_form": {"purposes": "tutor-embedded", "reference": "Folder 3, 12"},
}
WORDS = "what Sam wrote about strings"
# Of the one answer that the closed tutor has for everybody.
CLOSED_TUTOR = Answer(409, "A question about this lesson?")
NOT_HERE = Answer(422, "A question about this lesson?")
TO_TEACHER = "Is a kite a bird?"


def prepare(cast):
    """Sam asked something, and the admin was told of it as the school's contact."""
    exchange = Exchange.objects.create(
        pk=EXCHANGE,
        student=cast["student"],
        lesson=Lesson.objects.get(slug="kites"),
        question=WORDS,
        purpose=Purpose.EMBEDDED,
        state=Exchange.State.DANGER,
    )
    flag = Flag.objects.create(pk=FLAG, exchange=exchange, kind=Flag.Kind.DANGER)
    flag.addressees.add(cast["admin"])
    TeacherQuestion.objects.create(
        pk=TEACHER_QUESTION,
        student=cast["student"],
        classroom_id=CLASSROOM,
        lesson=exchange.lesson,
        question=TO_TEACHER,
    )


def family(answer, **others):
    return signed_in(MISSING, guardian=answer, **others)


BACK = leads(f"/family/{STUDENT}/tutor/")
TO_CLASS = leads(f"/classes/{CLASSROOM}/tutor/")
PANEL = "/tutor/lesson/kites/"
TRY = "Try the tutor on this lesson"

ROWS = {
    # Who sits in a class may write to its teachers.
    ("tutor:panel", "GET"): everyone(
        shows("A question about this lesson?", lacks="<textarea"),
        student=shows(TO_TEACHER, lacks=WORDS),
        classmate=shows("Ask my teacher", lacks=TO_TEACHER),
        other_student=shows("Ask my teacher", lacks=TO_TEACHER),
    ),
    ("tutor:panel", "POST"): everyone(NO_SUCH_METHOD),
    ("tutor:ask", "GET"): signed_in(NO_SUCH_METHOD),
    ("tutor:ask", "POST"): signed_in(CLOSED_TUTOR),
    ("tutor:ask_grown_up", "GET"): signed_in(NO_SUCH_METHOD),
    ("tutor:ask_grown_up", "POST"): signed_in(leads("/tutor/lesson/kites/")),
    ("tutor:exchange", "GET"): signed_in(
        MISSING, student=shows("Somebody can help you", lacks=WORDS)
    ),
    ("tutor:exchange", "POST"): signed_in(NO_SUCH_METHOD),
    # What told of danger is nothing to go on from, to report or to send.
    ("tutor:follow", "GET"): signed_in(NO_SUCH_METHOD),
    ("tutor:follow", "POST"): signed_in(MISSING, student=NOT_HERE),
    ("tutor:report", "GET"): signed_in(NO_SUCH_METHOD),
    ("tutor:report", "POST"): signed_in(
        MISSING, student=leads(f"/tutor/exchanges/{EXCHANGE}/")
    ),
    ("tutor:send_on", "GET"): signed_in(NO_SUCH_METHOD),
    ("tutor:send_on", "POST"): signed_in(MISSING, student=NOT_HERE),
    ("tutor:ask_teacher", "GET"): signed_in(NO_SUCH_METHOD),
    ("tutor:ask_teacher", "POST"): signed_in(
        NOT_HERE, student=leads(PANEL), classmate=leads(PANEL)
    ),
    ("tutor:class_questions", "GET"): signed_in(MISSING, teacher=shows(TO_TEACHER)),
    ("tutor:class_questions", "POST"): signed_in(NO_SUCH_METHOD),
    ("tutor:answer_question", "GET"): signed_in(NO_SUCH_METHOD),
    ("tutor:answer_question", "POST"): signed_in(
        MISSING, teacher=leads(f"/classes/{CLASSROOM}/questions/")
    ),
    ("tutor:question_map", "GET"): signed_in(
        shows("three of your students, or more", lacks=TRY),
        teacher=shows(TRY),
        other_teacher=shows(TRY),
    ),
    ("tutor:question_map", "POST"): signed_in(NO_SUCH_METHOD),
    ("tutor:rehearse", "GET"): signed_in(
        MISSING,
        teacher=shows("What students would be answered"),
        other_teacher=shows("What students would be answered"),
    ),
    ("tutor:rehearse", "POST"): signed_in(NO_SUCH_METHOD),
    ("tutor:help", "GET"): everyone(shows("Somebody can help you", lacks=WORDS)),
    ("tutor:help", "POST"): everyone(NO_SUCH_METHOD),
    ("tutor:flags", "GET"): signed_in(
        shows("Nothing is waiting for you", lacks="in danger"),
        admin=shows("somebody may be in danger"),
    ),
    ("tutor:flags", "POST"): signed_in(NO_SUCH_METHOD),
    ("tutor:flag", "GET"): signed_in(MISSING, admin=shows(WORDS)),
    ("tutor:flag", "POST"): signed_in(NO_SUCH_METHOD),
    ("tutor:handle_flag", "GET"): signed_in(NO_SUCH_METHOD),
    ("tutor:handle_flag", "POST"): signed_in(MISSING, admin=leads("/tutor/flags/")),
    # What Sam wrote in danger stands in nobody's view but the contact's.
    ("tutor:family", "GET"): signed_in(
        MISSING,
        student=shows("What it is, and what it keeps", lacks=WORDS),
        guardian=shows("You decide", lacks=WORDS),
    ),
    ("tutor:family", "POST"): signed_in(NO_SUCH_METHOD),
    ("tutor:grant", "GET"): signed_in(NO_SUCH_METHOD),
    ("tutor:grant", "POST"): family(Answer(422, "This is not your password")),
    ("tutor:withdraw", "GET"): signed_in(NO_SUCH_METHOD),
    ("tutor:withdraw", "POST"): family(BACK),
    ("tutor:rule", "GET"): signed_in(NO_SUCH_METHOD),
    ("tutor:rule", "POST"): family(BACK),
    ("tutor:erase", "GET"): signed_in(NO_SUCH_METHOD),
    ("tutor:erase", "POST"): family(BACK),
    ("tutor:mail_link", "GET"): signed_in(NO_SUCH_METHOD),
    # Nobody of the cast has an address.
    ("tutor:mail_link", "POST"): family(CLOSED),
    ("tutor:mailed", "GET"): everyone(Answer(404, "This link does not work")),
    ("tutor:mailed", "POST"): everyone(Answer(404, "This link does not work")),
    ("tutor:end_by_mail", "GET"): everyone(Answer(404, "This link does not work")),
    ("tutor:end_by_mail", "POST"): everyone(Answer(404, "This link does not work")),
    ("tutor:family_panel", "GET"): signed_in(
        shows("No child is linked to you yet", lacks="The tutor and Sam"),
        guardian=shows("The tutor and Sam", lacks="Robin"),
        other_guardian=shows("The tutor and Robin", lacks="Sam"),
    ),
    ("tutor:family_panel", "POST"): signed_in(NO_SUCH_METHOD),
    ("tutor:class_consents", "GET"): signed_in(
        MISSING,
        teacher=shows("Record a signed form", lacks="Robin"),
        co_teacher=shows("Forms are recorded by teachers", lacks="Robin"),
    ),
    ("tutor:class_consents", "POST"): signed_in(NO_SUCH_METHOD),
    ("tutor:pause_class", "GET"): signed_in(NO_SUCH_METHOD),
    ("tutor:pause_class", "POST"): signed_in(MISSING, teacher=TO_CLASS),
    ("tutor:record_form", "GET"): signed_in(
        MISSING,
        teacher=shows("A signed form for Sam", lacks="Robin"),
        co_teacher=CLOSED,
    ),
    ("tutor:record_form", "POST"): signed_in(
        MISSING, teacher=TO_CLASS, co_teacher=CLOSED
    ),
    ("tutor:take_back_form", "GET"): signed_in(NO_SUCH_METHOD),
    ("tutor:take_back_form", "POST"): signed_in(
        MISSING, teacher=TO_CLASS, co_teacher=CLOSED
    ),
    # The site has not turned the school's own word on.
    ("tutor:allow_class", "GET"): signed_in(NO_SUCH_METHOD),
    ("tutor:allow_class", "POST"): signed_in(MISSING, teacher=CLOSED),
}
