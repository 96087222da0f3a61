"""Bringing the questions of a quiz in line with its file.

A question never changes once it is loaded, since a page may be asking it at this
moment: a changed one becomes a new version beside the old one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from django.utils import timezone

from quizzes.answers import Answer, NotAnAnswer, QuestionEntry
from quizzes.files import QuizFile
from quizzes.kinds import KINDS
from quizzes.models import Question, Quiz


@dataclass
class _Changes:
    new: list[Question] = field(default_factory=list)
    moved: list[Question] = field(default_factory=list)
    retired: list[Question] = field(default_factory=list)
    # The number of the last version of each, by quiz and key.
    last: dict[tuple[int, str], int] = field(default_factory=dict)


def load_questions(quizzes: Mapping[str, Quiz], files: Mapping[str, QuizFile]) -> None:
    """Write what differs in these quizzes, both by the slug of their lesson."""
    found = Question.objects.filter(quiz__in=quizzes.values())
    # Locked: an answer key may be corrected at this moment, which makes a version, too.
    # Not the plain lock: answers may still begin to point at them meanwhile.
    locked = found.select_for_update(no_key=True).order_by("quiz_id", "key", "version")
    # The current one goes before a later one: that corrects an old wording.
    rows = sorted(locked, key=lambda row: (row.retired_at is None, row.version))
    newest = {(row.quiz_id, row.key): row for row in rows}
    changes = _Changes()
    for row in rows:
        name = (row.quiz_id, row.key)
        changes.last[name] = max(row.version, changes.last.get(name, 0))
    for slug, quiz in quizzes.items():
        own = {key: row for (pk, key), row in newest.items() if pk == quiz.pk}
        _compare(quiz, files[slug], own, changes)
    _write(changes)


def _compare(
    quiz: Quiz, file: QuizFile, newest: dict[str, Question], changes: _Changes
) -> None:
    for position, entry in enumerate(file.entry.questions, start=1):
        old = row = newest.pop(entry.id, None)
        digest = question_digest(entry)
        if row and row.digest == digest:
            _take_back(row, changes)
        else:
            if old and old.retired_at is None:
                changes.retired.append(old)
            row = _new_version(quiz, entry, digest, old)
            row.version = changes.last.get((quiz.pk, entry.id), 0) + 1
            changes.new.append(row)
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


def _new_version(
    quiz: Quiz, entry: QuestionEntry, digest: str, old: Question | None
) -> Question:
    kind = KINDS[entry.kind]
    language = quiz.lesson.language if quiz.lesson else "en"
    row = Question(
        quiz=quiz,
        key=entry.id,
        kind=entry.kind,
        digest=digest,
        stem=entry.stem,
        hint=entry.hint or "",
        explanation=entry.explanation,
        in_lesson=entry.in_lesson,
        body=kind.body(entry, language),
    )
    if old and old.kind == row.kind:
        for answer in old.also_accepted:
            accept(row, answer)
    return row


def accept(row: Question, answer: Answer) -> None:
    """Count an answer as right, too, if it is still one of this question's."""
    kind = KINDS[row.kind]
    with suppress(NotAnAnswer):
        row.body = kind.extend(row.body, kind.read(row.body, answer))
        row.also_accepted = [*row.also_accepted, answer]


def _write(changes: _Changes) -> None:
    now = timezone.now()
    for row in changes.retired:
        row.retired_at = now
    for row in changes.new:
        row.created_at = now
    # Before the new versions: a quiz has one current version of a question.
    Question.objects.bulk_update(changes.retired, ["retired_at"])
    Question.objects.bulk_update(changes.moved, ["position", "passages", "retired_at"])
    Question.objects.bulk_create(changes.new)
