"""What a copy of everything about a person shows of their work in quizzes.

Marks that a student may not see yet are left empty, here as on every page.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from quizzes.models import (
    Assignment,
    CalendarFeed,
    Dispute,
    MarkChange,
    Override,
    Question,
    Response,
)
from tendril.accounts.models import User
from tendril.accounts.personal_data import Row


def attempts(person: User) -> Iterator[Row]:
    rows = person.attempts.select_related("quiz", "assignment__classroom")
    for attempt in rows.order_by("started_at").iterator():
        shown = attempt.shows_score
        yield {
            _("quiz"): attempt.quiz.title if attempt.quiz else "",
            _("what for"): attempt.get_purpose_display(),
            _("class"): attempt.assignment.classroom.name if attempt.assignment else "",
            _("begun"): attempt.started_at,
            _("handed in"): attempt.handed_in_at,
            _("points"): attempt.score if shown else None,
            _("of"): attempt.max_score if shown else None,
        }


def responses(person: User) -> Iterator[Row]:
    rows = Response.objects.of(person).select_related("attempt", "question__quiz")
    for response in rows.order_by("answered_at").iterator():
        shown = bool(response.marked_at and response.attempt.marks_shown_at)
        yield {
            _("quiz"): response.question.quiz.title,
            _("question"): response.question.stem,
            _("answer"): response.readable_answer,
            _("answers before it"): [was.get("readable") for was in response.history],
            _("points"): response.points if shown else None,
            _("of"): response.question.points,
            _("answered"): response.answered_at,
            _("late"): response.is_late,
        }


def review_cards(person: User) -> Iterator[Row]:
    asked = Question.objects.filter(quiz=OuterRef("quiz"), key=OuterRef("key"))
    newest = asked.order_by("-version").values("stem")
    cards = person.review_cards.annotate(stem=Subquery(newest[:1]))
    for card in cards.select_related("quiz").order_by("due_at"):
        yield {
            _("quiz"): card.quiz.title,
            _("question"): card.stem,
            _("comes back"): card.due_at,
        }


def disputes(person: User) -> Iterator[Row]:
    theirs = Dispute.objects.filter(response__attempt__student=person)
    for dispute in theirs.select_related("response__question"):
        yield {
            _("question"): dispute.response.question.stem,
            _("your reason"): dispute.why,
            _("said"): dispute.raised_at,
            _("outcome"): dispute.get_state_display(),
            _("word of who looked at it"): dispute.word,
        }


def mark_changes(person: User) -> Iterator[Row]:
    theirs = MarkChange.objects.filter(
        response__attempt__student=person,
        response__attempt__marks_shown_at__isnull=False,
    )
    for change in theirs.select_related("response__question"):
        yield {
            _("question"): change.response.question.stem,
            _("points before"): change.before,
            _("points since"): change.after,
            _("when"): change.changed_at,
        }


def overrides(person: User) -> Iterator[Row]:
    # Newest first, which is the one that holds.
    theirs = Override.objects.filter(student=person)
    along = ("assignment__classroom", "assignment__quiz", "assignment__lesson")
    for override in theirs.select_related(*along).defer("assignment__lesson__html"):
        given = override.assignment
        # Its reason tells as much as its points.
        if given.holds_marks_back and override.kind != Override.Kind.EXCUSED:
            continue
        yield {
            _("assignment"): given.title,
            _("what"): override.get_kind_display(),
            _("points"): override.score,
            _("reason"): override.reason,
            _("when"): override.made_at,
        }


def extensions(person: User) -> Iterator[Row]:
    along = ("assignment__quiz", "assignment__lesson")
    theirs = person.extensions.select_related(*along)
    for extension in theirs.defer("assignment__lesson__html"):
        yield {
            _("assignment"): extension.assignment.title,
            _("due"): extension.due_at,
            _("closes"): extension.closes_at,
            _("more minutes"): extension.extra_minutes,
            _("more attempts"): extension.extra_attempts,
        }


def sent_back(person: User) -> Iterator[Row]:
    for asked in person.sent_back.select_related("question"):
        yield {
            _("question"): asked.question.stem,
            _("asked"): asked.made_at,
            _("done"): asked.done_at,
        }


def sheets(person: User) -> Iterator[Row]:
    along = ("assignment__quiz", "assignment__lesson")
    theirs = person.paper_sheets.select_related(*along)
    for sheet in theirs.defer("assignment__lesson__html"):
        yield {
            _("assignment"): sheet.assignment.title,
            _("code"): sheet.code,
            _("form"): sheet.form,
            _("printed"): sheet.made_at,
        }


def calendar(person: User) -> Iterator[Row]:
    for feed in CalendarFeed.objects.filter(person=person):
        yield {_("secret in its address"): feed.secret, _("made"): feed.made_at}


def assignments(person: User) -> Iterator[Row]:
    """Those they made, and those that name them; what a class has, its sittings tell."""
    theirs = Assignment.objects.filter(Q(made_by=person) | Q(students=person))
    for given in theirs.distinct().with_content().order_by("made_at"):
        yield {
            _("assignment"): given.title,
            _("class"): given.classroom.name,
            _("made by you"): given.made_by_id == person.pk,
            _("opens"): given.opens_at,
            _("due"): given.due_at,
        }


def corrections(person: User) -> Iterator[Row]:
    for made in person.corrections.select_related("question__quiz"):
        yield {
            _("quiz"): made.question.quiz.title,
            _("question"): made.question.stem,
            _("when"): made.made_at,
        }
