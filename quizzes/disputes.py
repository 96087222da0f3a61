""" "I think I am right": a student's word on a mark, and how it is settled."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.corrections import Plan, carry_out, hold, plan_to_accept, versions_of
from quizzes.marking import kind_of, points_of
from quizzes.models import Correction, Dispute, Question, Response
from quizzes.points_again import Preview, preview
from tendril.accounts.models import User
from tendril.classrooms.access import students_visible_to
from tendril.classrooms.models import Enrolment


class AlreadyRaised(Exception):
    """The student has said so before."""


class NothingToGain(Exception):
    """The answer has all the points."""


class AlreadySettled(Exception):
    """Somebody was faster; what they said stands."""


class CannotAccept(Exception):
    """No key of this kind of question can count this answer as right."""


def raise_dispute(*, response: Response, why: str) -> Dispute:
    if response.points == response.question.points:
        raise NothingToGain
    try:
        with transaction.atomic():
            return Dispute.objects.create(
                response=response, why=why, group=group_of(response)
            )
    except IntegrityError as error:
        raise AlreadyRaised from error


def group_of(response: Response) -> str:
    """The same for all answers that mean the same, in every version that asks it."""
    question = response.question
    same = kind_of(question).same(question.body, response.answer)
    digest = question.marking_version.digest
    name = json.dumps([question.quiz_id, question.key, digest, same])
    return hashlib.sha256(name.encode()).hexdigest()


def settles(person: User) -> bool:
    """Whether disputes may ever come before this person."""
    teaches = Enrolment.objects.filter(person=person, role=Enrolment.Role.TEACHER)
    return person.is_staff or teaches.exists()


@dataclass(frozen=True)
class Group:
    """Answers that mean the same, by one of them."""

    dispute: Dispute
    students: int


def groups_for(person: User) -> QuerySet[Dispute, Any]:
    """What waits for this person, what most students are waiting for first."""
    waiting = Dispute.objects.open().for_settling_by(person).values("group")
    return waiting.annotate(
        first=Min("pk"), students=Count("response__attempt__student", distinct=True)
    ).order_by("-students", "first")


def groups_of(rows: Sequence[Mapping[str, Any]]) -> list[Group]:
    firsts = Dispute.objects.select_related("response__question__quiz").in_bulk(
        [row["first"] for row in rows]
    )
    return [Group(firsts[row["first"]], row["students"]) for row in rows]


def alike(dispute: Dispute, person: User) -> list[Dispute]:
    """The group of a dispute, as far as this person settles it."""
    mine = Dispute.objects.for_settling_by(person).filter(group=dispute.group)
    return list(mine.select_related("response__attempt__student"))


def names_visible_to(person: User, disputes: Collection[Dispute]) -> set[int]:
    """The students among them whose names this person may read, by primary key."""
    students = {dispute.response.attempt.student_id for dispute in disputes}
    visible = students_visible_to(person).filter(pk__in=students)
    return set(visible.values_list("pk", flat=True))


def preview_of(dispute: Dispute) -> Preview:
    """What accepting would change."""
    plan = _plan(dispute, versions_of(dispute.response.question))
    return preview(plan.key, plan.corrected)


def _plan(dispute: Dispute, versions: Sequence[Question]) -> Plan:
    return plan_to_accept(dispute.response.question, dispute.response.answer, versions)


@transaction.atomic
def accept(*, dispute: Dispute, by: User, word: str = "") -> Correction | None:
    """Count the answer as right for everybody, and tell all who said so.

    None if the key knows the answer by now. Raises AlreadySettled, CannotAccept.
    """
    response = dispute.response
    plan = _plan(dispute, hold(response.question))
    group = _hold_open(dispute)
    base, correction = plan.replaced, None
    if base is None or plan.key.body != base.body:
        # Without the word, which staff and other teachers have no business reading.
        reason = _("Accepted: %(answer)s") % {"answer": response.readable_answer}
        correction = carry_out(plan, made_by=by, reason=reason)
    elif points_of(base, response.answer) < base.points:
        raise CannotAccept
    mine = {row.pk for row in alike(dispute, by)}
    told = [pk for pk in group if pk in mine]
    others = [pk for pk in group if pk not in mine]
    _settle(told, Dispute.State.ACCEPTED, by, word)
    # They are right as well; the word is for the students of whoever wrote it.
    _settle(others, Dispute.State.ACCEPTED, by, "")
    return correction


@transaction.atomic
def decline(*, dispute: Dispute, by: User, word: str) -> None:
    """Leave the key as it is, and say why. Raises AlreadySettled."""
    group = _hold_open(dispute)
    mine = {row.pk for row in alike(dispute, by)}
    declined = [pk for pk in group if pk in mine]
    _settle(declined, Dispute.State.DECLINED, by, word)


def _hold_open(dispute: Dispute) -> list[int]:
    """Lock what is open of a group, so that one word settles it."""
    rows = Dispute.objects.open().filter(group=dispute.group).order_by("pk")
    pks = list(rows.select_for_update().values_list("pk", flat=True))
    if dispute.pk not in pks:
        raise AlreadySettled
    return pks


def _settle(pks: Collection[int], state: str, by: User, word: str) -> None:
    Dispute.objects.filter(pk__in=pks).update(
        state=state, word=word, settled_by=by, settled_at=timezone.now()
    )
