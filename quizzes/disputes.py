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

from quizzes.corrections import carry_out, hold, plan_to_accept, versions_of
from quizzes.marking import kind_of
from quizzes.models import Correction, Dispute, Question, Response
from quizzes.points_again import Preview, preview
from tendril.accounts.models import User
from tendril.classrooms.access import students_visible_to
from tendril.classrooms.models import Classroom


class AlreadyRaised(Exception):
    """The student has said so before."""


class TooMany(Exception):
    """As many of the student's answers as may wait at a time are waiting."""


class NothingToGain(Exception):
    """The answer has all the points."""


class AlreadySettled(Exception):
    """Somebody was faster; what they said stands."""


class CannotAccept(Exception):
    """No key of this kind of question can count this answer as right."""


class AnswerReplaced(Exception):
    """It is no longer the answer of which the student said so."""


# Of one student.
MOST_OPEN = 10


def raise_dispute(*, response: Response, why: str) -> Dispute:
    if response.points == response.question.points:
        raise NothingToGain
    try:
        with transaction.atomic():
            _make_room(response.attempt.student_id)
            return Dispute.objects.create(
                response=response, why=why, group=group_of(response)
            )
    except IntegrityError as error:
        raise AlreadyRaised from error


def _make_room(student_id: int) -> None:
    """Let one student raise one at a time. Raises TooMany."""
    User.objects.select_for_update(no_key=True).only("pk").get(pk=student_id)
    raised = Dispute.objects.filter(response__attempt__student=student_id)
    if raised.open().standing().count() >= MOST_OPEN:
        raise TooMany


def group_of(response: Response) -> str:
    """The same for all answers that mean the same, in every version that asks it."""
    return _group(response, response.question.marking_version.digest)


def _group(response: Response, digest: str) -> str:
    question = response.question
    same = kind_of(question).same(question.body, response.answer)
    name = json.dumps([question.quiz_id, question.key, digest, same])
    return hashlib.sha256(name.encode()).hexdigest()


def settles(person: User) -> bool:
    """Whether disputes may ever come before this person."""
    return person.is_staff or Classroom.objects.open().taught_by(person).exists()


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
    along = ["response__question__quiz", "response__attempt__student"]
    firsts = Dispute.objects.select_related(*along).in_bulk(
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
    response = dispute.response
    versions = versions_of(response.question)
    plan = plan_to_accept(response.question, response.answer, versions)
    return preview(plan.key, plan.corrected, asked=response.answer)


@transaction.atomic
def accept(*, dispute: Dispute, by: User, word: str = "") -> Correction | None:
    """Count the answer as right for everybody, and tell all who said so.

    None if the key knows the answer by now. Whose answer does not come out right
    goes on waiting. Raises AlreadySettled, AnswerReplaced, CannotAccept.
    """
    versions = hold(dispute.response.question)
    group = _hold_open(dispute)
    response = _as_read(group[dispute.pk], versions)
    plan = plan_to_accept(response.question, response.answer, versions)
    right = {pk for pk, row in group.items() if plan.makes_right(row.response)}
    if dispute.pk not in right:
        raise CannotAccept
    correction = None
    if plan.is_better:
        # Nothing that a student or teacher wrote: staff and other teachers have no
        # business reading it, and it would stay when the student is erased.
        reason = _("An answer was accepted.")
        correction = carry_out(plan, made_by=by, reason=reason)
    mine = right & {row.pk for row in alike(dispute, by)}
    _settle(mine, Dispute.State.ACCEPTED, by, word)
    # They are right as well; the word is for the students of whoever wrote it.
    _settle(right - mine, Dispute.State.ACCEPTED, by, "")
    return correction


def _as_read(dispute: Dispute, versions: Sequence[Question]) -> Response:
    """The answer of which its student said so. Raises AnswerReplaced."""
    # A key from the file may have come since, which would give the group another name.
    response, digests = dispute.response, {version.digest for version in versions}
    if dispute.group not in {_group(response, digest) for digest in digests}:
        raise AnswerReplaced
    return response


@transaction.atomic
def decline(*, dispute: Dispute, by: User, word: str) -> None:
    """Leave the key as it is, and say why. Raises AlreadySettled."""
    group = _hold_open(dispute)
    mine = {row.pk for row in alike(dispute, by)}
    _settle(group.keys() & mine, Dispute.State.DECLINED, by, word)


def _hold_open(dispute: Dispute) -> dict[int, Dispute]:
    """Lock what is open of a group, so that one word settles it."""
    rows = Dispute.objects.open().filter(group=dispute.group).order_by("pk")
    locked = rows.select_for_update(of=("self",))
    along = locked.select_related("response__question__marked_by")
    group = {row.pk: row for row in along}
    if dispute.pk not in group:
        raise AlreadySettled
    return group


def _settle(pks: Collection[int], state: str, by: User, word: str) -> None:
    Dispute.objects.filter(pk__in=pks).update(
        state=state, word=word, settled_by=by, settled_at=timezone.now()
    )
