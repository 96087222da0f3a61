"""Every page of the site, as those who see it: by axe, and on a narrow screen."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from lessons.models import Lesson
from quizzes import disputes, grading, starting
from quizzes.marking import kind_of
from quizzes.models import (
    Assignment,
    Attempt,
    Correction,
    Dispute,
    PaperSheet,
    Quiz,
)
from tendril.accounts import erasing, looks
from tendril.accounts.models import Erasure, Look
from tendril.classrooms import rosters
from tendril.classrooms.models import Classroom, JoinCode
from tests.access.answers import NO_SUCH_METHOD, STUDENT
from tests.access.table import ROWS
from tests.browser.conftest import LAPTOP
from tests.browser.reading import wait_until_arrived
from tests.classrooms.factories import JoinCodeFactory, RosterImportFactory
from tests.factories import (
    AssignmentFactory,
    EnrolmentFactory,
    GroupFactory,
    GuardianshipFactory,
    InvitationFactory,
    ProgressFactory,
    UserFactory,
)
from tests.quizzes.answered import answered, contest, mark_all
from tests.quizzes.printed import PaperSheetFactory
from tests.tutor.factories import ExchangeFactory, ProbeFactory
from tests.urlconf import routes
from tutor import consent, methods
from tutor.models import Claim, Exchange, TeacherQuestion
from tutor.purposes import Purpose

NARROW = {"width": 320, "height": 640}
LESSON = "choosing-the-right-tool"
# Answers to scripts and machines, and the corner of a page that says who is reading.
NO_PAGES = {
    "accounts:who",
    "data:copy",
    "healthz",
    "readyz",
    "lessons:picture",
    "quizzes:gradebook_file",
    "classrooms:roster_export",
}
ONLY_POSTS = {
    name
    for (name, method, *_case), people in ROWS.items()
    if method == "GET" and NO_SUCH_METHOD in people.values()
}
# The same views in other states, and a lesson with a story.
OTHERS = [
    "/learn/?tier=creators&minutes=7",
    "/learn/?track=asking-well&minutes=1",
    "/learn/lesson/teaching-a-helper/",
    "/learn/lesson/no-such-lesson/",
    "/nowhere/",
]
PAGES = [
    route
    for route in routes()
    if not route.is_admin and route.name not in NO_PAGES | ONLY_POSTS
]


def is_for(name, route):
    """Whether this person is shown something there, and not only a way elsewhere."""
    return any(
        people[name].status in (200, 403)
        for (known, method, *_case), people in ROWS.items()
        if (known, method) == (route.name, "GET")
    )


@pytest.fixture(scope="module")
def seen():
    """What stood in the pages that have been looked at, for whomever."""
    return set()


@pytest.fixture
def attempt(student, teacher, guardian, settings):
    """A quiz half answered, and one handed in."""
    open_the_tutor(student, guardian, settings)
    quiz = Quiz.objects.get(slug=f"end-{LESSON}")
    done = starting.start(quiz=quiz, student=student)
    answers = {q: kind_of(q).right(q.body) for q in done.questions.all()}
    grading.submit_answers(attempt=done, answers=answers)
    ProgressFactory(student=student, lesson=quiz.lesson, finished=True)
    begun = starting.start(quiz=quiz, student=student)
    first = begun.questions.all()[0]
    grading.submit_answers(attempt=begun, answers={first: answers[first]})
    give_out(quiz, student, answers)
    say_so(Assignment.objects.get(), student, teacher)
    let_in(student, teacher)
    look_and_seal(student, teacher, guardian)
    return done


def open_the_tutor(student, guardian, settings):
    settings.TUTOR_CONTACT = UserFactory(username="counsellor", adult=True).username
    ProbeFactory()
    consent.grant(
        student=student,
        by=guardian,
        purpose=Purpose.EMBEDDED,
        method=methods.GUARDIAN_ACCOUNT,
    )


def look_and_seal(student, teacher, guardian):
    """Somebody looked, and a sister of the student is to be erased."""
    looks.record(teacher, [student], Look.What.ANSWERS)
    sister = GuardianshipFactory(guardian=guardian).student
    erasing.ask(person=sister, by=guardian)


def let_in(student, teacher):
    """A class with a code, slips and a group, and one that is archived."""
    seat = student.enrolments.get()
    for slip in ({}, {"slip": True}, {"slip": True, "used": True}):
        JoinCodeFactory(classroom=seat.classroom, made_by=teacher, **slip)
    GroupFactory(classroom=seat.classroom, name="Herons").members.add(seat)
    EnrolmentFactory(classroom__archived=True, person=teacher, teacher=True)


def give_out(quiz, student, answers):
    """An attempt with a clock, after one whose answer came late."""
    classroom = student.enrolments.get().classroom
    given = AssignmentFactory(
        quiz=quiz, classroom=classroom, minutes=20, by_teacher=True
    )
    late = starting.start_assigned(assignment=given, student=student)
    Attempt.objects.filter(pk=late.pk).update(
        ends_at=timezone.now() - timedelta(minutes=2)
    )
    first = late.questions.all()[0]
    grading.submit_answers(attempt=late, answers={first: answers[first]})
    starting.start_assigned(assignment=given, student=student)
    PaperSheetFactory(assignment=given, student=student)


def say_so(given, student, teacher):
    """One answer is waiting to be looked at, one was marked again."""
    question = given.quiz.questions.filter(kind="short").first()
    words = ["another word", "and another"]
    wrong = answered(question, *[[w] for w in words], student=student, assignment=given)
    accepted, _waiting = map(contest, wrong)
    disputes.accept(dispute=accepted, by=teacher, word="You read closely.")
    mark_all()


def of_a_list(classroom):
    """A list with rows of every kind, looked at and not written, and its people."""
    child = UserFactory(username="cara7", display_name="Cara", managed_by=classroom)
    EnrolmentFactory(classroom=classroom, person=child)
    text = (
        b"username,name,born,group\ncara7,Carla,2015-03,Red\nstudent,,,\n,Ana,,\n,,,x"
    )
    roster = RosterImportFactory(
        classroom=classroom, rows=[row.kept() for row in rosters.read([text])]
    )
    return {
        "import_id": roster.pk,
        "account_id": child.pk,
        "teacher_id": EnrolmentFactory(classroom=classroom, teacher=True).person_id,
    }


def of_the_tutor(student, classroom):
    """The tutor is open to the student, and there are answers of every kind."""
    lesson = Lesson.objects.get(slug=LESSON)
    passages = list(lesson.passages.all()[:3])
    states = Exchange.State
    for state in (states.POINTED, states.NOTHING, states.DECLINED, states.PENDING):
        ExchangeFactory(
            student=student, lesson=lesson, state=state, nearest=[passages[0].key]
        )
    exchange = ExchangeFactory(
        student=student, lesson=lesson, answered=True, about=passages[0].key
    )
    for number, passage in enumerate(passages):
        Claim.objects.create(
            exchange=exchange,
            position=number,
            sentence=passage.text,
            passages=[passage.key],
            is_quotation=True,
        )
    for answer in ("", "It may well be."):
        TeacherQuestion.objects.create(
            student=student,
            classroom=classroom,
            lesson=lesson,
            question="Will it be so for ever?",
            answer=answer,
            answered_at=timezone.now() if answer else None,
        )
    return {"exchange_id": exchange.pk}


def of_a_family(student, classroom):
    """Somebody waits to be known as a guardian, and a letter is made."""
    student.managed_by = classroom
    student.save(update_fields=["managed_by"])
    return {
        "guardianship_id": GuardianshipFactory(student=student, pending=True).pk,
        "invitation_id": InvitationFactory(student=student).pk,
    }


def addresses(attempt, name):
    known = {"attempt_id": attempt.pk, "key": "c1", "tier": "creators"}
    known["dispute_id"] = Dispute.objects.open().get().pk
    correction = Correction.objects.get()
    known["correction_id"] = correction.pk
    known["question_id"] = correction.question_id
    given = Assignment.objects.get()
    known["assignment_id"] = given.pk
    known["classroom_id"] = given.classroom_id
    known["student_id"] = known["person_id"] = STUDENT
    known["group_id"] = given.classroom.groups.get().pk
    known["join_code"] = JoinCode.objects.of_classes().get()
    known["sheet_id"] = PaperSheet.objects.get().pk
    known |= of_a_list(given.classroom)
    known |= of_the_tutor(attempt.student, given.classroom)
    known |= of_a_family(attempt.student, given.classroom)
    for route in [route for route in PAGES if is_for(name, route)]:
        names = re.findall(r"<(?:\w+:)?(\w+)>", route.pattern)
        slug = f"end-{LESSON}" if route.name.startswith("quizzes:") else LESSON
        if route.name == "lessons:track":
            slug = "ai-foundations"
        if route.name in {"quizzes:lesson_mastery", "quizzes:trouble_map"}:
            slug = LESSON
        yield reverse(route.name, kwargs={n: known.get(n, slug) for n in names})
    for other in Attempt.objects.exclude(pk=attempt.pk):
        yield other.get_absolute_url()
        yield f"{other.get_absolute_url()}?question=1"
        yield f"{other.get_absolute_url()}?question=0"
        yield f"{other.get_absolute_url()}?view=all"
    yield Classroom.objects.exclude(archived_at=None).get().get_absolute_url()
    yield reverse("data:person", args=[Erasure.objects.open().get().person_id])
    yield from OTHERS


@pytest.mark.longest
@pytest.mark.parametrize("name", ["signed out", "student", "teacher", "guardian"])
def test_every_page_is_free_of_serious_findings_and_of_sideways_scrolling(
    open_window, sign_in, axe, student, teacher, guardian, attempt, seen, name
):
    people = {"student": student, "teacher": teacher, "guardian": guardian}
    page = open_window(NARROW)
    if name in people:
        sign_in(page, people[name])
    found = {}

    for address in addresses(attempt, name):
        page.emulate_media(color_scheme="light")
        page.goto(address)
        wait_until_arrived(page)
        # One page that says no is like the next, and much is the same for many.
        shown = page.evaluate("document.querySelector('main').outerHTML")
        if shown in seen:
            continue
        seen.add(shown)
        problems = axe(page)
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(LAPTOP)
        problems += axe(page)
        page.set_viewport_size(NARROW)
        if page.evaluate("document.documentElement.scrollWidth") > NARROW["width"]:
            problems.append("wider than the screen")
        if problems:
            found[address] = problems

    assert found == {}
