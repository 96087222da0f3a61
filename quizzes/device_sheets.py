"""Sittings that came from a device, as they are stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from django.db.models import Prefetch

from quizzes.changes import WRITTEN, score_of
from quizzes.models import Attempt, Question, Response


@dataclass
class Sheet:
    """One sitting of a device, as it will be stored."""

    attempt: Attempt
    # Both by the primary key of the question.
    asked: dict[int, Question]
    responses: dict[int, Response]
    is_new: bool = False
    changed: set[int] = field(default_factory=set)
    # Whether it asks other versions than what is stored.
    is_reworded: bool = False
    stored: frozenset[UUID] = frozenset()


def sheets_of(attempts: Iterable[UUID]) -> dict[UUID, Sheet]:
    # Locked, or marking again could come between reading the points and their sum.
    locked = Attempt.objects.select_for_update(of=("self",), no_key=True)
    known = locked.select_related("batch").filter(pk__in=set(attempts)).order_by("pk")
    responses = Prefetch("responses", Response.objects.select_related("dispute"))
    return {
        attempt.pk: Sheet(
            attempt,
            asked={question.pk: question for question in attempt.questions.all()},
            responses={r.question_id: r for r in attempt.responses.all()},
            stored=frozenset(response.pk for response in attempt.responses.all()),
        )
        for attempt in known.prefetch_related("questions", responses)
    }


def put(sheet: Sheet, question: Question, response: Response) -> bool:
    """Whether the answer is new here; of two to one question the earlier stands."""
    earlier = sheet.responses.get(question.pk)
    if earlier is not None:
        # Whoever settles a dispute must find what was disputed.
        is_disputed = hasattr(earlier, "dispute")
        if is_disputed or not is_earlier(response, earlier):
            return False
        response.id, response.received_at = earlier.pk, earlier.received_at
    ask_this_version(sheet, question)
    sheet.responses[question.pk] = response
    sheet.changed.add(question.pk)
    began_at = min(sheet.attempt.started_at, response.answered_at)
    sheet.attempt.started_at = sheet.attempt.marks_shown_at = began_at
    return True


def is_earlier(response: Response, other: Response) -> bool:
    one, two = (
        (row.answered_at, row.answer, row.with_hint) for row in (response, other)
    )
    return one < two


def ask_this_version(sheet: Sheet, question: Question) -> None:
    """The device may have asked a version that has been replaced since."""
    if question.pk in sheet.asked:
        return
    name = (question.quiz_id, question.key)
    for pk, other in list(sheet.asked.items()):
        # One that has an answer stays: a sitting asks whatever was answered in it.
        if (other.quiz_id, other.key) == name and pk not in sheet.responses:
            del sheet.asked[pk]
    sheet.asked[question.pk] = question
    sheet.is_reworded = not sheet.is_new


def save(sheets: Iterable[Sheet]) -> list[Response]:
    """Write what changed in them; the responses that are new or others by now."""
    sheets = [sheet for sheet in sheets if sheet.changed]
    for sheet in sheets:
        settle(sheet)
    save_attempts(sheets)
    changed = [sheet.responses[pk] for sheet in sheets for pk in sheet.changed]
    stored = {pk for sheet in sheets for pk in sheet.stored}
    new = [response for response in changed if response.pk not in stored]
    # In one order everywhere, so that two such merges wait and never deadlock.
    Response.objects.bulk_create(sorted(new, key=lambda response: response.pk))
    Response.objects.bulk_update(
        [response for response in changed if response.pk in stored], WRITTEN
    )
    return changed


def settle(sheet: Sheet) -> None:
    """Add up the points, and hand in what has an answer to every question."""
    attempt, responses = sheet.attempt, sheet.responses.values()
    attempt.question_count = len(sheet.asked)
    attempt.score = score_of(responses)
    attempt.max_score = Decimal(sum(q.points for q in sheet.asked.values()))
    if len(responses) == len(sheet.asked):
        attempt.handed_in_at = max(response.answered_at for response in responses)


def save_attempts(sheets: Sequence[Sheet]) -> None:
    new = [sheet for sheet in sheets if sheet.is_new]
    Attempt.objects.bulk_create(
        sorted((sheet.attempt for sheet in new), key=lambda attempt: attempt.pk)
    )
    asks = Attempt.questions.through
    asks.objects.bulk_create(
        asks(attempt_id=sheet.attempt.pk, question_id=pk)
        for sheet in new
        for pk in sheet.asked
    )
    old = [sheet for sheet in sheets if not sheet.is_new]
    Attempt.objects.bulk_update([sheet.attempt for sheet in old], SETTLED)
    for sheet in old:
        if sheet.is_reworded:
            sheet.attempt.questions.set(sheet.asked)


SETTLED = [
    "started_at",
    "marks_shown_at",
    "handed_in_at",
    "question_count",
    "score",
    "max_score",
]
