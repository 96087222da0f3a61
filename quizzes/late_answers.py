"""Answers that came after the time: kept, and counted if a teacher says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from quizzes import changes, review
from quizzes.assignments import recipients
from quizzes.models import Assignment, Attempt, Response
from quizzes.review import Name, name_of
from quizzes.rules import Rules


@dataclass(frozen=True)
class LateAnswer:
    """What came after the time, beside what came in time to the same question."""

    response: Response
    in_time: Response | None
    # Whether its student had been shown marks by then that may tell what is right.
    may_know_the_answer: bool

    @property
    def attempt(self) -> Attempt:
        return self.response.attempt

    @property
    def after(self) -> dt.timedelta:
        """How long after the end it came."""
        ends_at = self.attempt.ends_at or self.response.answered_at
        return self.response.answered_at - ends_at

    @property
    def after_in_words(self) -> str:
        minutes, seconds = divmod(int(self.after.total_seconds()), 60)
        hours, minutes = divmod(minutes, 60)
        if hours:
            return _("%(hours)d h %(minutes)d min") % {
                "hours": hours,
                "minutes": minutes,
            }
        return _("%(minutes)d min %(seconds)d s") % {
            "minutes": minutes,
            "seconds": seconds,
        }

    @property
    def score_with(self) -> Decimal:
        if self.response.counts:
            return self.attempt.score
        return self.attempt.score + self._difference

    @property
    def score_without(self) -> Decimal:
        if self.response.counts:
            return self.attempt.score - self._difference
        return self.attempt.score

    @property
    def _difference(self) -> Decimal:
        before = self.in_time.points if self.in_time else Decimal(0)
        return self.response.points - before


def late_responses(assignment: Assignment) -> QuerySet[Response]:
    return Response.objects.filter(
        attempt__assignment=assignment,
        attempt__student__in=recipients(assignment),
        is_late=True,
    )


def late_answers(assignment: Assignment) -> list[LateAnswer]:
    late = list(
        late_responses(assignment).select_related("attempt__student", "question")
    )
    in_time = Response.objects.filter(
        attempt__in={response.attempt_id for response in late}, is_late=False
    )
    before = {(row.attempt_id, row.question_id): row for row in in_time}
    told = first_told(late)
    return [
        LateAnswer(
            response,
            before.get((response.attempt_id, response.question_id)),
            may_know(response, assignment, told),
        )
        for response in late
    ]


# A student, and a question through all its versions.
Place = tuple[int, Name]


def place_of(response: Response) -> Place:
    return response.attempt.student_id, name_of(response.question)


def first_told(late: Iterable[Response]) -> dict[Place, dt.datetime]:
    """When these students first saw a mark of theirs for these questions."""
    places = {place_of(response) for response in late}
    if not places:
        return {}
    shown = Response.objects.shown().filter(
        attempt__student__in={student for student, _name in places},
        question__quiz__in={quiz for _student, (quiz, _key) in places},
    )
    told: dict[Place, dt.datetime] = {}
    for response in shown.select_related("attempt", "question"):
        place, attempt = place_of(response), response.attempt
        moments = [response.marked_at, attempt.marks_shown_at, attempt.started_at]
        seen_at = max(moment for moment in moments if moment)
        told[place] = min(told.get(place, seen_at), seen_at)
    return told


def may_know(
    response: Response, assignment: Assignment, told: Mapping[Place, dt.datetime]
) -> bool:
    """Whether marks shown before it came may have told what is right.

    Its student's own for this question, in whatever sitting; all of its sitting,
    where they come together; and those of the class, who may talk.
    """
    shown = [told.get(place_of(response)), assignment.released_at]
    if not Rules.copied(response.attempt.rules).marks_at_once:
        shown.append(response.attempt.marks_shown_at)
    return any(moment and moment < response.answered_at for moment in shown)


@transaction.atomic
def count_late(*, response: Response, counts: bool) -> None:
    """Count a late answer in place of the one in time, or the other way round."""
    attempt = Attempt.objects.select_for_update().get(pk=response.attempt_id)
    responses = list(attempt.responses.select_related("question"))
    for row in responses:
        if row.question_id == response.question_id:
            row.counts = row.is_late == counts
    Response.objects.bulk_update(responses, ["counts"])
    attempt.score = changes.score_of(responses)
    attempt.save(update_fields=["score"])
    if attempt.marks_shown_at:
        review.learn(attempt.student, [response.question])
