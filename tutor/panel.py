"""What the panel beside a lesson shows its reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from lessons.models import Lesson
from tendril.accounts import ages
from tendril.accounts.models import User
from tendril.classrooms.access import guardians_of
from tendril.classrooms.models import Classroom
from tutor import follow_ups, gate, gate_facts, ledger, teacher_questions
from tutor.conversation import ShownExchange, shown
from tutor.models import Exchange, TeacherQuestion
from tutor.purposes import Purpose

MOST_SUGGESTIONS = 4
# Older questions are folded away.
LATEST = 3


@dataclass(frozen=True)
class Suggestion:
    exchange_id: UUID
    question: str


@dataclass(frozen=True)
class Panel:
    lesson: Lesson
    gate: gate.Gate
    exchanges: Sequence[ShownExchange] = ()
    suggestions: Sequence[Suggestion] = ()
    # Classes whose teachers may be asked, and what else was asked of them.
    classes: Sequence[Classroom] = ()
    teacher_questions: Sequence[TeacherQuestion] = ()
    # Who could say yes, where nobody has.
    is_grown_up: bool = False
    has_guardian: bool = False
    # A grown-up, who has not answered.
    asked_at: datetime | None = None
    may_ask_grown_up: bool = True

    @property
    def reason(self) -> str:
        return self.gate.reasons[0] if self.gate.reasons else ""

    @property
    def earlier(self) -> Sequence[ShownExchange]:
        return self.exchanges[:-LATEST]

    @property
    def latest(self) -> Sequence[ShownExchange]:
        return self.exchanges[-LATEST:]


def panel_for(reader: User | AnonymousUser, lesson: Lesson) -> Panel:
    decision = gate.decide(gate_facts.read(reader, lesson))
    if not isinstance(reader, User):
        return Panel(lesson, decision)
    # What told of danger is not shown again to whoever looks at this screen later.
    mine = lesson.exchanges.of(reader).shown_to_adults().prefetch_related("claims")
    sent = teacher_questions.about(lesson, reader)
    classes = list(teacher_questions.classes_of(reader))
    exchanges = [
        _with_actions(one, decision, classes, sent) for one in shown(list(mine))
    ]
    shown_with = {one.exchange.pk for one in exchanges if one.sent}
    return Panel(
        lesson,
        decision,
        [*(replace(one, follow_ups=()) for one in exchanges[:-1]), *exchanges[-1:]],
        suggestions(lesson, exchanges) if decision.is_open else [],
        classes,
        [each for each in sent if each.exchange_id not in shown_with],
        **_who_decides(reader, decision),
    )


def _who_decides(reader: User, decision: gate.Gate) -> dict[str, Any]:
    if gate.Reason.NO_CONSENT not in decision.reasons:
        return {}
    asked_at = ledger.asked_at(reader, Purpose.EMBEDDED)
    return {
        "is_grown_up": ages.is_adult(reader.born_on),
        "has_guardian": guardians_of(reader).exists(),
        "asked_at": asked_at,
        "may_ask_grown_up": ledger.may_ask_again(asked_at),
    }


def exchange_for(reader: User, exchange: Exchange) -> ShownExchange:
    """One question with its answer; while it is being made, as the gate allows."""
    decision = gate.decide(gate_facts.read(reader, exchange.lesson))
    [one] = shown([exchange])
    if exchange.state != Exchange.State.NOTHING:
        return _with_actions(one, decision, [], [])
    sent = teacher_questions.about(exchange.lesson, reader)
    classes = list(teacher_questions.classes_of(reader))
    return _with_actions(one, decision, classes, sent)


def _with_actions(
    one: ShownExchange,
    decision: gate.Gate,
    classes: Sequence[Classroom],
    sent: Sequence[TeacherQuestion],
) -> ShownExchange:
    exchange = one.exchange
    if exchange.is_pending and not _goes_on(decision):
        return replace(one, claims=[], is_stopped=True)
    mine = [each for each in sent if each.exchange_id == exchange.pk]
    may_send = teacher_questions.may_be_sent(exchange) and not mine
    return replace(
        one,
        follow_ups=follow_ups.offered(exchange) if decision.is_open else (),
        classes=classes if may_send else (),
        sent=mine[0] if mine else None,
    )


def _goes_on(decision: gate.Gate) -> bool:
    """Whether an answer may go on being shown; it has been counted already."""
    return not set(decision.reasons) - {gate.Reason.ENOUGH_TODAY}


def suggestions(lesson: Lesson, asked: Sequence[ShownExchange]) -> list[Suggestion]:
    """Questions to begin with, made of the lesson's own terms and headings."""
    terms = [_("What does “%s” mean?") % term["name"] for term in lesson.key_terms]
    headings = [
        section["title"]
        for section in lesson.outline
        if section["title"].endswith("?") and section["kind"] != "check"
    ]
    before = {one.exchange.question for one in asked}
    new = [text for text in [*headings[:2], *terms] if text not in before]
    return [Suggestion(uuid4(), text) for text in new[:MOST_SUGGESTIONS]]
