"""What becomes of a question when it is asked: kept and queued, or not taken."""

from __future__ import annotations

from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from lessons.models import Lesson
from quizzes.models import Assignment
from tendril.accounts.models import User
from tendril.classrooms.models import Classroom
from tutor import budgets, danger, flags, gate, gate_facts, personal_details, tasks
from tutor.lesson_text import passages_of
from tutor.models import Exchange, Flag
from tutor.purposes import Purpose
from tutor.queueing import queue


class GateClosed(Exception):
    """The tutor does not answer this student here and now."""

    def __init__(self, reasons: tuple[gate.Reason, ...]) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


@transaction.atomic
def ask(
    *, student: User, lesson: Lesson, exchange_id: UUID, text: str, about: str = ""
) -> Exchange:
    """Keep a question and queue its answer; the same id twice asks once.

    Personal details are taken out before anything is kept. A sign of danger gets
    the help page, whatever the gate says, and no model. Raises GateClosed and
    budgets.BudgetSpent.
    """
    in_danger = told_of_danger(student, lesson, exchange_id, text)
    if in_danger:
        return in_danger
    is_here = lesson.passages.filter(key=about).exists() if about else False
    return _keep(
        exchange_id,
        Exchange(
            student=student,
            lesson=lesson,
            question=without_personal_details(student, lesson, text),
            about=about if is_here else "",
        ),
    )


@transaction.atomic
def follow(*, exchange: Exchange, kind: str) -> Exchange:
    """Ask on about an answer, by the same rules as for any other question; once."""
    return _keep(
        uuid5(exchange.pk, kind),
        Exchange(
            student=exchange.student,
            lesson=exchange.lesson,
            kind=kind,
            follows=exchange,
            question=exchange.question,
            about=exchange.about,
        ),
    )


def _keep(exchange_id: UUID, made: Exchange) -> Exchange:
    student, lesson = made.student, made.lesson
    asked = _asked_before(exchange_id, made)
    if asked:
        return asked
    decision = gate.decide(gate_facts.read(student, lesson))
    if not decision.is_open:
        raise GateClosed(decision.reasons)
    made.lesson_digest, made.purpose = lesson.digest, decision.purpose
    made.assignment = _work_on(lesson, student)
    asked = _asked_meanwhile(exchange_id, made)
    if asked:
        return asked
    budgets.spend(student)
    # What no queue takes is found by the sweep.
    queue(tasks.answer, str(made.pk))
    return made


def told_of_danger(
    student: User, lesson: Lesson, exchange_id: UUID, text: str
) -> Exchange | None:
    """What is kept of a text with a sign of danger, once; an adult is told of it."""
    if not danger.noticed(text):
        return None
    made = Exchange(
        student=student,
        lesson=lesson,
        question=without_personal_details(student, lesson, text),
        lesson_digest=lesson.digest,
        purpose=Purpose.EMBEDDED,
        state=Exchange.State.DANGER,
    )
    asked = _asked_before(exchange_id, made) or _asked_meanwhile(exchange_id, made)
    if asked:
        return asked
    flags.raise_flag(made, Flag.Kind.DANGER)
    return made


def _asked_before(exchange_id: UUID, made: Exchange) -> Exchange | None:
    """The same question of the same form; if there is none, the new one gets its id.

    A form to which a browser went back, or that is somebody else's, can have asked
    something else: then its words make another id of it, the same for every click.
    """
    words = f"{made.student_id} {made.lesson_id} {made.about} {made.question}"
    made.pk = exchange_id
    while asked := Exchange.objects.filter(pk=made.pk).first():
        if _is_again(asked, made):
            return asked
        made.pk = uuid5(made.pk, words)
    return None


def _is_again(asked: Exchange, made: Exchange) -> bool:
    """Whether nothing new comes of it; what was dropped may be asked once more."""
    same = ("student_id", "lesson_id", "kind", "about", "question")
    if any(getattr(asked, name) != getattr(made, name) for name in same):
        return False
    if made.is_danger:
        return asked.is_danger
    return asked.state != Exchange.State.DROPPED


def _asked_meanwhile(exchange_id: UUID, made: Exchange) -> Exchange | None:
    """Keep it, unless of two clicks at once this is the later one."""
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        asked = _asked_before(exchange_id, made)
        if asked is None:
            made.save(force_insert=True)
        return asked
    return None


def _work_on(lesson: Lesson, student: User) -> Assignment | None:
    """What a class gave of this lesson that is open to the student now."""
    given = Assignment.objects.given_to(student).open_to(student)
    return given.filter(Q(lesson=lesson) | Q(quiz__lesson=lesson)).first()


@transaction.atomic
def report(exchange: Exchange) -> None:
    """Let an adult see an answer that seemed wrong or unkind; twice is once."""
    unreported = Exchange.objects.filter(pk=exchange.pk, reported_at=None)
    if unreported.update(reported_at=timezone.now()):
        flags.raise_flag(exchange, Flag.Kind.REPORT)


def without_personal_details(student: User, lesson: Lesson, text: str) -> str:
    return personal_details.removed(text, known_of(student, lesson)).text


def known_of(student: User, lesson: Lesson) -> personal_details.Known:
    """What the site knows of a student that must not stand in a question."""
    classes = Classroom.objects.attended_by(student).values_list("name", flat=True)
    return personal_details.Known(
        names=(student.display_name, student.username),
        emails=(student.email,) if student.email else (),
        classes=tuple(classes),
        lesson_words=frozenset(" ".join(p.text for p in passages_of(lesson)).split()),
    )
