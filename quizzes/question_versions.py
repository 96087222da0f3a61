"""Bringing the questions of a quiz in line with its file.

What someone has answered, or is being asked, stays as it was: a changed
question becomes a new version beside the old one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from lessons.passages import short_hash
from quizzes.files import ChoiceEntry, QuestionEntry, QuizFile, TrueFalseEntry
from quizzes.models import Choice, Question, Quiz


@dataclass
class _Changes:
    new: list[Question] = field(default_factory=list)
    rewritten: list[Question] = field(default_factory=list)
    moved: list[Question] = field(default_factory=list)
    retired: list[Question] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)


def load_questions(quizzes: Mapping[str, Quiz], files: Mapping[str, QuizFile]) -> None:
    """Write what differs in these quizzes, both by the slug of their lesson."""
    # Locked, so that nobody is given a question while it is being rewritten.
    rows = list(
        Question.objects.filter(quiz__in=quizzes.values())
        .select_for_update()
        .order_by("quiz_id", "key", "version")
    )
    newest = {(row.quiz_id, row.key): row for row in rows}
    kept = _in_use([row for row in rows if row.retired_at is None])
    changes = _Changes()
    for slug, quiz in quizzes.items():
        own = {key: row for (pk, key), row in newest.items() if pk == quiz.pk}
        _compare(quiz, files[slug], own, kept, changes)
    _write(changes)


def _in_use(rows: Iterable[Question]) -> set[int]:
    answered = Q(responses__isnull=False) | Q(attempts__isnull=False)
    found = Question.objects.filter(answered, pk__in=[row.pk for row in rows])
    return set(found.values_list("pk", flat=True))


def _compare(
    quiz: Quiz,
    file: QuizFile,
    newest: dict[str, Question],
    kept: set[int],
    changes: _Changes,
) -> None:
    for position, entry in enumerate(file.entry.questions, start=1):
        row = newest.pop(entry.id, None)
        digest = question_digest(entry)
        if row is None:
            row = Question(quiz=quiz, key=entry.id)
            changes.new.append(_fill(row, entry, digest, changes))
        elif row.digest == digest:
            _take_back(row, changes)
        elif row.pk in kept or row.retired_at:
            if row.retired_at is None:
                changes.retired.append(row)
            row = Question(quiz=quiz, key=entry.id, version=row.version + 1)
            changes.new.append(_fill(row, entry, digest, changes))
        else:
            changes.rewritten.append(_fill(row, entry, digest, changes))
        _place(row, position, file.passages[entry.id], changes)
    changes.retired += [row for row in newest.values() if row.retired_at is None]


def _take_back(row: Question, changes: _Changes) -> None:
    if row.retired_at:
        row.retired_at = None
        changes.moved.append(row)


def _place(
    row: Question, position: int, passages: list[str], changes: _Changes
) -> None:
    # Where a question stands and what it refers to is no part of its marking,
    # so also an answered one follows the lesson here.
    if (row.position, row.passages) != (position, passages):
        row.position, row.passages = position, passages
        if row.pk:
            changes.moved.append(row)


def question_digest(entry: QuestionEntry) -> str:
    """Of all that a student reads or is marked by."""
    told = entry.model_dump(exclude={"see"})
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _fill(
    row: Question, entry: QuestionEntry, digest: str, changes: _Changes
) -> Question:
    row.kind, row.digest = entry.kind, digest
    row.stem, row.hint = entry.stem, entry.hint or ""
    row.explanation, row.in_lesson = entry.explanation, entry.in_lesson
    if isinstance(entry, TrueFalseEntry):
        changes.choices += _true_and_false(row, entry)
    else:
        changes.choices += _choices(row, entry.choices)
    return row


def _true_and_false(row: Question, entry: TrueFalseEntry) -> list[Choice]:
    return [
        Choice(
            question=row,
            key=str(value).lower(),
            text=str(value),
            is_right=value == entry.answer,
            why="" if value == entry.answer else entry.why or "",
            position=position,
        )
        for position, value in enumerate((True, False), start=1)
    ]


def _choices(row: Question, entries: list[ChoiceEntry]) -> list[Choice]:
    keys = choice_keys([entry.text for entry in entries])
    return [
        Choice(
            question=row,
            key=key,
            text=entry.text,
            is_right=entry.right,
            why=entry.why or "",
            position=position,
        )
        for position, (key, entry) in enumerate(zip(keys, entries, strict=True), 1)
    ]


def choice_keys(texts: list[str]) -> list[str]:
    """Hex digits of each text, as few as tell the choices apart; six at least."""
    for length in (6, 8, 10):
        keys = [short_hash(text, length) for text in texts]
        if len(set(keys)) == len(keys):
            return keys
    return [short_hash(text, 12) for text in texts]


def _write(changes: _Changes) -> None:
    now = timezone.now()
    for row in changes.retired:
        row.retired_at = now
    # Before the new versions: a quiz has one current version of a question.
    Question.objects.bulk_update(changes.retired, ["retired_at"])
    Question.objects.bulk_update(
        changes.rewritten,
        ["kind", "digest", "stem", "hint", "explanation", "in_lesson"],
    )
    if changes.rewritten:
        Choice.objects.filter(question__in=changes.rewritten).delete()
    Question.objects.bulk_update(changes.moved, ["position", "passages", "retired_at"])
    Question.objects.bulk_create(changes.new)
    Choice.objects.bulk_create(changes.choices)
