"""What reading lessons leaves behind about people."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from lessons.models import MistakeReport, Progress, ProgressEvent, SyncBatch
from tendril.accounts.models import User
from tendril.accounts.personal_data import Row, register


def register_all() -> None:
    register(
        MistakeReport,
        title=_("Mistakes you told us of"),
        export=_reports,
        erase=lambda person: person.mistake_reports.all().delete(),
    )
    register(
        ProgressEvent,
        title=_("What you did in lessons"),
        export=_events,
        erase=lambda person: person.progress_events.all().delete(),
    )
    register(
        Progress,
        title=_("Lessons you read"),
        export=_progress,
        erase=lambda person: person.progress.all().delete(),
    )
    register(
        SyncBatch,
        title=_("What your devices handed over"),
        export=_batches,
        erase=lambda person: person.sync_batches.all().delete(),
    )


def _reports(person: User) -> Iterator[Row]:
    for report in person.mistake_reports.select_related("lesson").defer("lesson__html"):
        yield {
            _("lesson"): report.lesson.title,
            _("what you wrote"): report.text,
            _("when"): report.reported_at,
        }


def _events(person: User) -> Iterator[Row]:
    events = person.progress_events.select_related("lesson").defer("lesson__html")
    for event in events.iterator():
        section = event.lesson.section_of(event.passage_key)
        yield {
            _("lesson"): event.lesson.title,
            _("what"): event.get_kind_display(),
            _("place"): section["title"] if section else "",
            _("when"): event.happened_at,
        }


def _progress(person: User) -> Iterator[Row]:
    for row in person.progress.select_related("lesson").defer("lesson__html"):
        yield {
            _("lesson"): row.lesson.title,
            _("opened"): row.opened_at,
            _("last read"): row.last_read_at,
            _("finished"): row.finished_at,
        }


def _batches(person: User) -> Iterator[Row]:
    for batch in person.sync_batches.all():
        yield {_("received"): batch.received_at, _("undone"): batch.undone_at}
