"""Better keys: what one would change, and how it comes into force.

A question never changes, so a better key is a later version of it. The versions
that it corrects point at it, and their answers are marked again.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from quizzes.answers import Answer
from quizzes.marking import kind_of, points_by, points_of
from quizzes.models import Correction, Question, Quiz, Response
from quizzes.question_versions import accept
from quizzes.tasks import mark_again
from tendril.accounts.models import User

# What says which row it is, not what it asks.
OWN = {"id", "version", "marked_by_id", "created_at"}


class NothingToCorrect(Exception):
    """No other version asks the same and is marked by another key."""


@dataclass(frozen=True)
class Plan:
    """A key, which may not be saved yet, and the versions it would correct."""

    key: Question
    corrected: Sequence[Question]
    # The version that goes when the key comes.
    replaced: Question | None = None

    @property
    def is_better(self) -> bool:
        """Whether the key says anything that the one before did not."""
        return self.replaced is None or self.key.body != self.replaced.body

    def makes_right(self, response: Response) -> bool:
        """Whether this answer has all its points once the key is in force."""
        asked = response.question
        if not self.is_better:
            return points_of(asked, response.answer) == asked.points
        if asked.pk not in {version.pk for version in self.corrected}:
            return False
        return points_by(self.key, asked, response.answer) == asked.points


def versions_of(question: Question) -> list[Question]:
    """All there are, oldest first."""
    rows = Question.objects.filter(quiz=question.quiz_id, key=question.key)
    return list(rows.select_related("quiz", "marked_by").order_by("version"))


def hold(question: Question) -> list[Question]:
    """The versions of a question, to which nobody adds another meanwhile."""
    # Loading writes the quiz's row, too, before it looks at the questions. Students
    # begin sittings of the quiz all the while.
    Quiz.objects.select_for_update(no_key=True).get(pk=question.quiz_id)
    return versions_of(question)


def plan_to_accept(
    question: Question, answer: Answer, versions: Sequence[Question]
) -> Plan:
    """Count an answer to one of these versions as right, wherever it was given."""
    known = {version.pk: version for version in versions}
    asked = known[question.pk]
    marking = known.get(asked.marked_by_id or asked.pk, asked)
    name = (marking.digest, marking.kind)
    alike = [row for row in versions if (row.digest, row.kind) == name]
    base = next((row for row in alike if row.retired_at is None), alike[-1])
    kept = {
        field.attname: getattr(base, field.attname)
        for field in Question._meta.concrete_fields
        if field.attname not in OWN
    }
    key = Question(**kept, version=versions[-1].version + 1)
    accept(key, answer)
    return Plan(key, with_those_corrected(alike, versions), base)


def with_those_corrected(
    rows: Sequence[Question], versions: Sequence[Question]
) -> list[Question]:
    """These, and what they are the better key of."""
    keys = {row.pk for row in rows}
    return [row for row in versions if row.pk in keys or row.marked_by_id in keys]


def plan_to_correct(key: Question, versions: Sequence[Question]) -> Plan:
    """Mark by a key from the files what older versions asked. Raises NothingToCorrect.

    Only what was asked in the same words and choices: an answer to another
    question cannot be marked by it.
    """
    older = [row for row in versions if row.version < key.version]
    alike = [row for row in older if asks_the_same(row, key)]
    corrected = [
        row
        for row in with_those_corrected(alike, versions)
        if row.marked_by_id != key.pk and row.pk != key.pk
    ]
    if key.marked_by_id or not corrected:
        raise NothingToCorrect
    return Plan(key, corrected)


def asks_the_same(one: Question, other: Question) -> bool:
    if (one.kind, one.stem) != (other.kind, other.stem):
        return False
    return _asked(one) == _asked(other)


def _asked(question: Question) -> object:
    draw = random.Random(0)  # noqa: S311
    return kind_of(question).ask(question.body, [], draw)


@transaction.atomic
def correct(*, key: Question, made_by: User, reason: str) -> Correction:
    """Mark past answers by this version. Raises NothingToCorrect."""
    versions = hold(key)
    plan = plan_to_correct(next(v for v in versions if v.pk == key.pk), versions)
    return carry_out(plan, made_by=made_by, reason=reason)


def carry_out(plan: Plan, *, made_by: User, reason: str) -> Correction:
    """Let a key come into force and have past answers marked by it.

    To be called with the versions held.
    """
    if plan.replaced and plan.replaced.retired_at is None:
        plan.replaced.retired_at = plan.key.created_at
        plan.replaced.save(update_fields=["retired_at"])
    if plan.key.pk is None:
        plan.key.save(force_insert=True)
    corrected = [version.pk for version in plan.corrected]
    Question.objects.filter(pk__in=corrected).update(marked_by=plan.key)
    correction = Correction.objects.create(
        question=plan.key,
        made_by=made_by,
        reason=reason[:500],
        answer_count=Response.objects.marked().filter(question__in=corrected).count(),
    )
    mark_again.delay_on_commit(correction.pk)
    return correction
