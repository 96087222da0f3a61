"""What quizzes keep about people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from quizzes import erased_work, personal_rows
from quizzes.models import (
    Assignment,
    Attempt,
    CalendarFeed,
    Correction,
    Dispute,
    Extension,
    ItemReport,
    MarkChange,
    Override,
    PaperSheet,
    Response,
    ReviewCard,
    SendBack,
)
from tendril.accounts.personal_data import register, shows_nothing, stays


def register_all() -> None:
    _register_what_follows_work()
    _register_answers()
    # What a teacher gave to a class, and mended in its keys, belongs to the class. An
    # answer that a key took in is the key's, and nothing tells any more whose it was.
    register(
        Correction,
        title=_("Keys you corrected"),
        export=personal_rows.corrections,
        erase=stays,
    )
    register(
        Assignment,
        title=_("Assignments"),
        export=personal_rows.assignments,
        erase=lambda person: person.assignments_given.clear(),
    )


def _register_what_follows_work() -> None:
    register(ItemReport, export=shows_nothing, erase=erased_work.drop_reports)
    register(
        CalendarFeed,
        title=_("Calendar"),
        export=personal_rows.calendar,
        shared=shows_nothing,
        erase=lambda person: CalendarFeed.objects.filter(person=person).delete(),
    )
    register(
        SendBack,
        title=_("Passages you were asked to read again"),
        export=personal_rows.sent_back,
        erase=lambda person: person.sent_back.all().delete(),
    )
    register(
        Extension,
        title=_("More time for you"),
        export=personal_rows.extensions,
        erase=lambda person: person.extensions.all().delete(),
    )
    register(
        Override,
        title=_("Marks a teacher set"),
        export=personal_rows.overrides,
        erase=erased_work.blank_overrides,
    )
    register(
        PaperSheet,
        title=_("Sheets printed for you"),
        export=personal_rows.sheets,
        erase=lambda person: person.paper_sheets.all().delete(),
    )


def _register_answers() -> None:
    register(
        MarkChange,
        title=_("Marks that changed"),
        export=personal_rows.mark_changes,
        erase=erased_work.drop_mark_changes,
    )
    register(
        Dispute,
        title=_("Where you said: I think I am right"),
        export=personal_rows.disputes,
        erase=erased_work.drop_disputes,
    )
    register(
        ReviewCard,
        title=_("What comes back for another look"),
        export=personal_rows.review_cards,
        erase=lambda person: person.review_cards.all().delete(),
    )
    register(
        Response,
        title=_("Your answers"),
        export=personal_rows.responses,
        erase=erased_work.blank_responses,
    )
    register(
        Attempt,
        title=_("Your quizzes"),
        export=personal_rows.attempts,
        erase=erased_work.drop_attempts,
    )
