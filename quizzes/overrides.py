"""A teacher's word on a mark: another score, excused, or taken back again.

Each word is a row of its own with who, when and why; none is ever changed, and
the newest holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from quizzes.class_work import Work, work_of
from quizzes.models import Assignment, Override
from quizzes.scores import Score, points_asked
from quizzes.status import statuses_of
from tendril.accounts.models import User


@dataclass(frozen=True)
class Word:
    """What counts in place of what was answered, as its student reads it."""

    override: Override
    score: str

    @property
    def is_excuse(self) -> bool:
        return self.override.kind == Override.Kind.EXCUSED


def change_score(
    *, assignment: Assignment, student: User, by: User, score: Decimal, reason: str
) -> None:
    """Let this score count, whatever is handed in before or after."""
    _say(assignment, student, by, Override.Kind.SCORE, reason, score)


def excuse(*, assignment: Assignment, student: User, by: User, reason: str) -> None:
    """Leave it out of all totals, and ask for it no more."""
    _say(assignment, student, by, Override.Kind.EXCUSED, reason)


def take_back(*, assignment: Assignment, student: User, by: User, reason: str) -> None:
    """Let what the answers earned count again; without a word before, do nothing."""
    _say(assignment, student, by, Override.Kind.NONE, reason)


@transaction.atomic
def _say(
    assignment: Assignment,
    student: User,
    by: User,
    kind: Override.Kind,
    reason: str,
    score: Decimal | None = None,
) -> None:
    """Sent twice, it is said once."""
    # Locked, or two words at once would both tell the same of what was before.
    locked = Assignment.objects.select_for_update(no_key=True, of=("self",))
    assignment = locked.get(pk=assignment.pk)
    work = work_of([assignment], [student])[assignment.pk, student.pk]
    last = work.override
    if last is None and kind == Override.Kind.NONE:
        return
    said = (kind, score, reason, by.pk)
    if last and said == (last.kind, last.score, last.reason, last.made_by_id):
        return
    Override.objects.create(
        assignment=assignment,
        student=student,
        kind=kind,
        score=score,
        before=counted(work)[:40],
        reason=reason,
        made_by=by,
    )


def counted(work: Work) -> str:
    """What counts now, in words."""
    asked = points_asked([work.assignment]).get(work.assignment.pk)
    status = statuses_of([work])[work.place]
    return Score.of(work, asked).text or str(status.state.label)


def word_to(student: User, assignment: Assignment) -> Word | None:
    return words_to(student, [assignment]).get(assignment.pk)


def words_to(student: User, assignments: Sequence[Assignment]) -> dict[int, Word]:
    """What holds now, by assignment; of a score nothing before the marks are shown."""
    said = Override.objects.filter(student=student, assignment__in=assignments)
    newest = {row.assignment_id: row for row in said.order_by("pk")}
    told = [each for each in assignments if _is_told(each, newest.get(each.pk))]
    if not told:
        return {}
    works = work_of(told, [student])
    asked = points_asked(told)
    return {
        each.pk: Word(
            newest[each.pk],
            Score.of(works[each.pk, student.pk], asked.get(each.pk)).text,
        )
        for each in told
    }


def _is_told(assignment: Assignment, newest: Override | None) -> bool:
    if newest is None or newest.kind == Override.Kind.NONE:
        return False
    return newest.kind == Override.Kind.EXCUSED or not assignment.holds_marks_back
