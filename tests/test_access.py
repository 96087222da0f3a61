import re

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lessons.models import ProgressEvent
from quizzes.models import Correction, Dispute, MarkChange
from tendril.accounts import erasing
from tendril.classrooms.models import Classroom
from tests.access.answers import (
    ADMIN,
    ADMIN_ANSWERS,
    ASSIGNMENT,
    ATTEMPT,
    BATCH,
    CLASSROOM,
    CORRECTION,
    DISPUTE,
    LATE,
    LIFT,
    PEOPLE,
    STUDENT,
    WRONG,
    Answer,
)
from tests.access.table import (
    ARGUMENTS,
    DATA,
    EVERY_FORM,
    QUERIES,
    ROWS,
    TAKING_JSON,
    prepare,
)
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    CatalogueFactory,
    ClassroomFactory,
    LessonFactory,
    PassageFactory,
    PictureFactory,
    ProgressEventFactory,
    ProgressFactory,
    QuestionFactory,
    QuizFactory,
    ResponseFactory,
    ReviewCardFactory,
    SyncBatchFactory,
    TrackFactory,
    two_choices,
)
from tests.urlconf import routes

pytestmark = pytest.mark.django_db

KITES = "<p>A kite leans on the wind.</p>"


@pytest.fixture
def lesson():
    CatalogueFactory()
    track = TrackFactory(slug="air")
    lesson = LessonFactory(slug="kites", title="How kites fly", track=track, html=KITES)
    PictureFactory(lesson=lesson, name="kite.svg", content=b"<svg>a kite</svg>")
    PassageFactory(section__lesson=lesson, text="A kite leans on the wind.")
    return lesson


@pytest.fixture
def questions(lesson):
    quiz = QuizFactory(lesson=lesson)
    lift = QuestionFactory(
        pk=LIFT,
        quiz=quiz,
        key="q1",
        stem="What lifts a kite?",
        explanation="The wind pushes it up.",
        body=two_choices("wind00", "The air", "string", "The string"),
    )
    check = QuestionFactory(
        quiz=quiz,
        key="c1",
        in_the_text=True,
        stem="Can a kite fly in still air?",
        explanation="Still air pushes nothing.",
        body=two_choices("calm00", "No", "breeze", "Yes"),
    )
    return {"lift": lift.pk, "check": check.pk}


@pytest.fixture
def classroom():
    return ClassroomFactory(pk=CLASSROOM, name="Room 12")


@pytest.fixture
def people(whole_cast, lesson, questions):
    """The cast, and a student with work that is nobody else's business."""
    cast = dict(zip(PEOPLE, [None, *whole_cast], strict=True))
    student, admin = cast["student"], cast["admin"]
    AttemptFactory(id=ATTEMPT, student=student, quiz=lesson.quiz)
    done = QuizFactory(title="How strings pull")
    AttemptFactory(student=student, quiz=done, handed_in=True)
    ProgressFactory(student=student, lesson=lesson, finished=True)
    batch = SyncBatchFactory(id=BATCH, student=student)
    ProgressEventFactory(
        student=student, lesson=lesson, batch=batch, kind=ProgressEvent.Kind.FINISHED
    )
    missed = AttemptFactory(
        student=student, review=True, handed_in=True, questions=[questions["lift"]]
    )
    ResponseFactory(
        id=WRONG,
        attempt=missed,
        question=lesson.quiz.questions.get(pk=questions["lift"]),
        readable_answer="The string",
    )
    ReviewCardFactory(student=student, quiz=lesson.quiz, key="q1")
    give_out(lesson.quiz, student)
    contest(student, admin)
    prepare(cast)
    return cast


def give_out(quiz, student):
    """Handed in by the student, with an answer after the time."""
    classroom = student.enrolments.get().classroom
    given = AssignmentFactory(pk=ASSIGNMENT, quiz=quiz, classroom=classroom)
    attempt = AttemptFactory(
        assigned=True, assignment=given, student=student, handed_in=True
    )
    ResponseFactory(
        id=LATE,
        attempt=attempt,
        question=quiz.questions.first(),
        readable_answer="A very late answer",
        is_late=True,
        counts=False,
    )


def contest(student, admin):
    """One answer waiting to be looked at, and one that was marked again."""
    tails = ResponseFactory(
        attempt__student=student,
        attempt__quiz__title="How tails steer",
        readable_answer="The tail",
    )
    Dispute.objects.create(pk=DISPUTE, response=tails, why="A tail steers.", group="a")
    made = Correction.objects.create(
        pk=CORRECTION,
        question=tails.question,
        made_by=admin,
        reason="A tail helps, too.",
        finished_at=timezone.now(),
    )
    MarkChange.objects.create(correction=made, response=tails, before=0, after=1)


def arguments(route):
    known = {
        "assignment_id": ASSIGNMENT,
        "attempt_id": ATTEMPT,
        "batch_id": BATCH,
        "classroom_id": CLASSROOM,
        "correction_id": CORRECTION,
        "dispute_id": DISPUTE,
        "key": "c1",
        "digest": "0123456789ab",
        "name": "kite.svg",
        "tier": "builders",
        "slug": "end-kites" if names_a_quiz(route) else "kites",
        "track": "air",
        "question_id": LIFT,
        "response_id": WRONG,
        "student_id": STUDENT,
    } | ARGUMENTS
    if route.name == "lessons:track":
        known["slug"] = "air"
    if route.name == "quizzes:decide_late":
        known["response_id"] = LATE
    names = re.findall(r"<(?:\w+:)?(\w+)>", route.pattern)
    return {name: known[name] for name in names}


def names_a_quiz(route):
    of_a_lesson = "mastery" in route.name or "trouble" in route.name
    return route.name.startswith("quizzes:") and not of_a_lesson


SITE = {route.name: route for route in routes() if not route.is_admin}
ADMIN_INDEXES = [
    route.name
    for route in routes()
    if route.is_admin and (route.name in ADMIN_ANSWERS or "changelist" in route.name)
]


def ask(people, person, name, method, data=None):
    client = Client()
    if people[person]:
        client.force_login(people[person])
    address = reverse(name, kwargs=arguments(SITE[name]) if name in SITE else {})
    address += QUERIES.get(name, "")
    if data is None:
        return client.generic(method, address)
    return client.post(address, data)


def told(response, expected):
    """As much of the expected answer as came true."""
    body = response.content.decode()
    target = response.get("Location", "Allow" if "Allow" in response else "")
    leads_there = re.fullmatch(re.escape(expected.to).replace("…", ".*"), target)
    lacks = expected.lacks and expected.lacks not in body
    return Answer(
        response.status_code,
        expected.has if expected.has in body else gist(body),
        expected.lacks if lacks else "",
        expected.to if leads_there else target,
    )


def gist(body):
    """The first words of a page, for the message of a failed test."""
    main = body.partition("<main")[2].partition(">")[2] or body
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())[:200]


def test_every_route_has_a_row_for_get_and_for_post():
    rows = {(name, method) for name, method, *_case in ROWS}

    assert rows == {(name, method) for name in SITE for method in ("GET", "POST")}


def test_every_row_says_more_than_a_status():
    bare = [
        (row, person)
        for table in (ROWS, ADMIN_ANSWERS)
        for row, answers in table.items()
        for person, answer in answers.items()
        if not answer.is_telling
    ]

    assert bare == []


@pytest.mark.parametrize("name", SITE)
def test_who_gets_what(name, people, questions):
    rows = {row: expected for row, expected in ROWS.items() if row[0] == name}

    came = {
        row: answers(people, name, row[1], posted(row, questions), expected)
        for row, expected in rows.items()
    }

    assert came == rows


def posted(row, questions):
    name, method, *_case = row
    if method != "POST" or name in TAKING_JSON:
        return None
    data = DATA.get(row, DATA.get(name, {})) | EVERY_FORM
    return {key.format(**questions): value for key, value in data.items()}


@pytest.mark.parametrize("name", ADMIN_INDEXES)
def test_only_staff_open_the_admin(name, people):
    expected = ADMIN_ANSWERS.get(name, ADMIN)

    assert answers(people, name, "GET", None, expected) == expected


def answers(people, name, method, data, expected):
    """What each person gets; nobody finds what another one has changed."""
    came = {}
    for person in PEOPLE:
        with transaction.atomic():
            response = ask(people, person, name, method, data)
            came[person] = told(response, expected[person])
            transaction.set_rollback(True)
        cache.clear()
    return came


# Theirs come from Django's FormView, which takes PUT for POST.
@pytest.mark.parametrize("name", [n for n in SITE if not n.startswith("account_")])
def test_no_other_method_is_answered(name, admin):
    methods = ["PUT", "PATCH", "DELETE"]
    statuses = [ask({"admin": admin}, "admin", name, m).status_code for m in methods]

    assert statuses == [405, 405, 405]


# The student's name, and what only the student wrote.
TRACES = re.compile(r"\bSam\b|A very late answer|The tail")


# Where a teacher of the student finds some; it shows that this finds them.
TELLING = {"classrooms:classroom", "quizzes:assignment_work", "quizzes:class_panel"}


def traces_of_the_student(people, person, pages=frozenset(SITE)):
    """The pages on which this person finds anything of the student."""
    found = set()
    # Whoever holds a code for the child's family is told whose it is.
    for name in pages - {"accounts:link"}:
        response = ask(people, person, name, "GET")
        page = b"".join(response) if response.streaming else response.content
        if TRACES.search(page.decode(errors="replace")):
            found.add(name)
    return found


def leave_the_class(people):
    people["student"].enrolments.all().delete()


def stop_teaching(people):
    people["teacher"].enrolments.all().delete()


def archive_the_class(people):
    Classroom.objects.filter(pk=CLASSROOM).update(archived_at=timezone.now())


def seal_the_student(people):
    erasing.ask(person=people["student"], by=people["student"])


# Where those who may call it off are told.
CALLING_OFF = {"data:mine", "data:person", "home:home"}
OF_THE_SCHOOL = {"classrooms:classroom", "classrooms:families"}
OF_THE_FAMILY = {"accounts:guardians", "home:family"}
STILL_NAMED = {seal_the_student: CALLING_OFF | OF_THE_SCHOOL}


@pytest.mark.parametrize(
    "end", [leave_the_class, stop_teaching, archive_the_class, seal_the_student]
)
def test_a_teacher_sees_nothing_of_a_student_from_then_on(people, end):
    assert traces_of_the_student(people, "teacher", TELLING) == TELLING

    end(people)

    assert traces_of_the_student(people, "teacher") == STILL_NAMED.get(end, set())


def test_a_guardian_sees_of_a_sealed_child_only_how_to_call_it_off(people):
    seal_the_student(people)

    left = traces_of_the_student(people, "guardian")
    assert left == CALLING_OFF | OF_THE_FAMILY


def test_a_guardian_sees_nothing_once_the_bond_is_over(people):
    people["guardian"].wardships.all().delete()

    assert traces_of_the_student(people, "guardian") == set()
