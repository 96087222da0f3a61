"""A student of whom there is something in every table, among people with names."""

from datetime import timedelta
from types import SimpleNamespace

from allauth.account.models import EmailAddress, EmailConfirmation
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from quizzes import models as work
from tendril.accounts import looks
from tendril.accounts.models import Erasure, Export, Invitation, Look, User
from tendril.classrooms.models import JoinCode, RosterImport, TakenOff
from tests.factories import (
    AssignmentFactory,
    AttemptFactory,
    ClassroomFactory,
    EnrolmentFactory,
    GroupFactory,
    GuardianshipFactory,
    MistakeReportFactory,
    ProgressEventFactory,
    ProgressFactory,
    QuestionFactory,
    QuizFactory,
    ResponseFactory,
    ReviewCardFactory,
    SyncBatchFactory,
    TeacherGrantFactory,
    UserFactory,
)
from tests.tutor.factories import ExchangeFactory
from tutor import consent, consent_links
from tutor.models import Claim, FamilySettings, Flag, Receipt, TeacherQuestion
from tutor.purposes import Purpose

# What would give others away in somebody's copy.
OTHERS = ["Kim Classmate", "kim", "Ms Field", "field@school.example", "Alex", "alex@x"]


def everything():
    """The person, who else there is, and what was handed in for a class."""
    person = UserFactory(
        username="zelda",
        display_name="Zelda Zither",
        email="zelda@home.example",
        recovery_hash="hash",
    )
    teacher = UserFactory(
        username="field", display_name="Ms Field", email="field@school.example"
    )
    classmate = UserFactory(username="kim", display_name="Kim Classmate")
    guardian = UserFactory(username="alex", display_name="Alex", email="alex@x.example")
    all_of_it = SimpleNamespace(
        person=person, teacher=teacher, classmate=classmate, guardian=guardian
    )
    give_an_account(all_of_it)
    give_a_class(all_of_it)
    give_reading(all_of_it)
    give_work(all_of_it)
    give_what_follows(all_of_it)
    give_questions(all_of_it)
    return all_of_it


def give_an_account(of):
    now, week = timezone.now(), timedelta(days=7)
    TeacherGrantFactory(person=of.person)
    GuardianshipFactory(student=of.person, guardian=of.guardian, verified_by=of.teacher)
    for code, student in [("for-zelda", of.person), ("by-zelda", of.classmate)]:
        Invitation.objects.create(
            kind="child",
            student=student,
            code=code,
            made_by=of.person,
            expires_at=now + week,
        )
    looks.record(of.teacher, [of.person], Look.What.ANSWERS)
    looks.record(of.person, [of.classmate], Look.What.MARKS)
    Export.objects.create(
        person=of.person,
        asked_by=of.guardian,
        content=b"zip",
        made_at=now,
        expires_at=now + week,
    )
    Erasure.objects.create(person=of.person, due_at=now, called_off_at=now)
    address = EmailAddress.objects.create(user=of.person, email=of.person.email)
    EmailConfirmation.objects.create(email_address=address, key="key")
    LogEntry.objects.create(
        user=of.teacher,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(of.person.pk),
        object_repr="Zelda Zither",
        action_flag=CHANGE,
        change_message="Zelda Zither, once more",
    )
    for someone in (of.person, of.teacher):
        session = SessionStore()
        session[SESSION_KEY] = str(someone.pk)
        session.save()


def give_a_class(of):
    of.classroom = ClassroomFactory(name="Room 12")
    of.person.managed_by = of.classroom
    of.person.save()
    EnrolmentFactory(classroom=of.classroom, person=of.teacher, teacher=True)
    EnrolmentFactory(classroom=of.classroom, person=of.classmate)
    seat = EnrolmentFactory(
        classroom=of.classroom, person=of.person, roster_id="roster-of-zelda"
    )
    group = GroupFactory(classroom=of.classroom, name="Kites")
    group.members.set(of.classroom.enrolments.exclude(person=of.teacher))
    of.seat = seat
    JoinCode.objects.create(
        classroom=of.classroom,
        code="SLIP",
        is_slip=True,
        name="Zelda's slip",
        made_by=of.teacher,
        used_by=of.person,
        expires_at=timezone.now(),
    )
    for person, by in [(of.person, of.teacher), (of.teacher, of.person)]:
        TakenOff.objects.create(person=person, classroom=of.classroom, by=by)
    rows = [{"username": "zelda"}, {"username": "kim", "name": "Kim Classmate"}]
    for made_by in (of.teacher, of.person):
        RosterImport.objects.create(classroom=of.classroom, made_by=made_by, rows=rows)


def give_questions(of):
    exchange = ExchangeFactory(student=of.person, question="What, asks Zelda, is it?")
    Claim.objects.create(exchange=exchange, position=0, sentence="It is so.")
    Receipt.objects.create(
        exchange=exchange,
        provider="a provider",
        use="answer",
        text="What is it?",
        kept_until=timezone.now(),
    )
    flag = Flag.objects.create(
        exchange=exchange,
        kind=Flag.Kind.REPORT,
        state=Flag.State.HANDLED,
        handled_by=of.guardian,
    )
    flag.addressees.add(of.guardian)
    for student, teacher in [(of.person, of.teacher), (of.classmate, of.person)]:
        TeacherQuestion.objects.create(
            student=student,
            classroom=of.classroom,
            lesson=exchange.lesson,
            question="May I ask?",
            answer="You may.",
            answered_by=teacher,
        )
    for student, guardian in [(of.person, of.guardian), (of.classmate, of.person)]:
        consent_links.make(student=student, guardian=guardian)
    FamilySettings.objects.create(student=of.person, daily_questions=5)
    consent.request(student=of.person, purpose=Purpose.EMBEDDED)


def give_reading(of):
    of.batch = SyncBatchFactory(student=of.person)
    ProgressFactory(student=of.person)
    ProgressEventFactory(student=of.person, batch=of.batch)
    MistakeReportFactory(reporter=of.person, text="I found a mistake, says Zelda")


def give_work(of):
    of.assignment = AssignmentFactory(
        classroom=of.classroom, made_by=of.teacher, some=True
    )
    of.assignment.students.add(of.person)
    of.question = QuestionFactory(quiz=of.assignment.quiz)
    of.attempt = AttemptFactory(
        student=of.person,
        assigned=True,
        assignment=of.assignment,
        handed_in=True,
        marks_shown_at=timezone.now(),
        hinted={"q1": "2026-11-02T09:00:00"},
    )
    of.response = an_answer(of, of.attempt, of.question)
    practised = AttemptFactory(student=of.person, quiz=QuizFactory(), batch=of.batch)
    of.practised = an_answer(of, practised, QuestionFactory(quiz=practised.quiz))
    ReviewCardFactory(student=of.person)


def an_answer(of, attempt, question):
    response = ResponseFactory(
        attempt=attempt,
        question=question,
        answer=["right"],
        readable_answer="An answer of Zelda's",
        history=[{"answer": [], "readable": "Zelda's first thought"}],
        points=1,
    )
    work.Dispute.objects.create(
        response=response, why="Zelda thinks so", word="Well read", group="g"
    )
    key = QuestionFactory(quiz=question.quiz)
    made = work.Correction.objects.create(
        question=key,
        made_by=of.teacher,
        reason="better",
        finished_at=timezone.now(),
    )
    work.MarkChange.objects.create(
        correction=made, response=response, before=0, after=1
    )
    return response


def give_what_follows(of):
    given = {"assignment": of.assignment, "student": of.person}
    work.Extension.objects.create(**given, extra_minutes=5, made_by=of.teacher)
    work.Override.objects.create(
        **given, kind="score", score=3, reason="Zelda was ill", made_by=of.teacher
    )
    work.SendBack.objects.create(**given, question=of.question, made_by=of.teacher)
    work.ItemReport.objects.create(
        assignment=of.assignment, content={"answers": ["An answer of Zelda's"]}
    )
    work.CalendarFeed.objects.create(person=of.person, secret="zeldas-secret")
    work.PaperSheet.objects.create(
        **given, code="ZZZ", form="A", seed=1, attempt=of.attempt
    )
