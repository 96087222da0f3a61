"""Questions that students send to their teachers, and what these answer."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from lessons.models import Lesson
from tendril.accounts.models import User
from tendril.classrooms.models import Classroom
from tutor import asking
from tutor.models import Exchange, TeacherQuestion, TeacherQuestionQuerySet

# Of one student without an answer; more would keep a teacher from reading any.
MOST_WAITING = 10
ANSWERED_SHOWN = 20


class TooManyWaiting(Exception):
    """This student has sent as many questions as teachers can be asked to read."""


def classes_of(student: User) -> QuerySet[Classroom]:
    """Classes whose teachers this student may ask."""
    return Classroom.objects.open().attended_by(student)


def may_be_sent(exchange: Exchange) -> bool:
    """Where the lesson does not say, a person may know."""
    is_question = exchange.kind == Exchange.Kind.QUESTION
    return is_question and exchange.state == Exchange.State.NOTHING


@transaction.atomic
def send_on(*, exchange: Exchange, classroom: Classroom) -> TeacherQuestion:
    """Send a question on that the lesson does not answer; once, to one class."""
    _refuse_too_many(exchange.student)
    sent, _is_new = TeacherQuestion.objects.get_or_create(
        exchange=exchange,
        defaults={
            "student": exchange.student,
            "classroom": classroom,
            "lesson": exchange.lesson,
            "question": exchange.question,
        },
    )
    return sent


@transaction.atomic
def send(
    *,
    student: User,
    lesson: Lesson,
    classroom: Classroom,
    exchange_id: UUID,
    text: str,
) -> TeacherQuestion | Exchange:
    """Send a question, for which no consent is needed; the same words go once.

    Personal details are taken out. What has a sign of danger is not sent: it becomes
    an exchange with the help page, and an adult is told.
    """
    in_danger = asking.told_of_danger(student, lesson, exchange_id, text)
    if in_danger:
        return in_danger
    _refuse_too_many(student)
    sent, _is_new = TeacherQuestion.objects.get_or_create(
        student=student,
        lesson=lesson,
        classroom=classroom,
        answered_at=None,
        question=asking.without_personal_details(student, lesson, text),
    )
    return sent


def _refuse_too_many(student: User) -> None:
    # Held, so that of two at once neither misses the other.
    User.objects.select_for_update(no_key=True).only("pk").get(pk=student.pk)
    waiting = TeacherQuestion.objects.of(student).unanswered()
    if waiting.count() >= MOST_WAITING:
        raise TooManyWaiting


def about(lesson: Lesson, student: User) -> list[TeacherQuestion]:
    """Own questions about a lesson, and what was published to the own classes."""
    published = TeacherQuestion.objects.published().filter(
        classroom__in=classes_of(student)
    )
    rows = TeacherQuestion.objects.filter(
        Q(student=student) | Q(pk__in=published.values("pk")), lesson=lesson
    )
    return list(rows.select_related("answered_by").order_by("asked_at", "pk"))


def waiting_in(classroom: Classroom, teacher: User) -> Sequence[TeacherQuestion]:
    return list(_sent_to(classroom, teacher).unanswered().order_by("asked_at", "pk"))


def answered_in(classroom: Classroom, teacher: User) -> Sequence[TeacherQuestion]:
    answered = _sent_to(classroom, teacher).exclude(answered_at=None)
    return list(answered.order_by("-answered_at")[:ANSWERED_SHOWN])


def _sent_to(classroom: Classroom, teacher: User) -> TeacherQuestionQuerySet:
    mine = TeacherQuestion.objects.readable_by(teacher).filter(classroom=classroom)
    return mine.select_related("student", "lesson").defer("lesson__html")


@transaction.atomic
def answer(
    question: TeacherQuestion, *, by: User, text: str, for_the_class: bool
) -> None:
    """Answer a question, or answer it anew; published, nobody is told who asked."""
    now = timezone.now()
    question.answer, question.answered_by, question.answered_at = text, by, now
    question.published_at = now if for_the_class else None
    question.save(
        update_fields=["answer", "answered_by", "answered_at", "published_at"]
    )
