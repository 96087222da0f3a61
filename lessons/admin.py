from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lessons.models import (
    Lesson,
    MistakeReport,
    Progress,
    ProgressEvent,
    SyncBatch,
    Term,
    Track,
)


class ReadOnly:
    """For what is only ever loaded from files or added by students."""

    def has_add_permission(
        self, request: HttpRequest, obj: object | None = None
    ) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: object | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: object | None = None
    ) -> bool:
        return False


class ReadOnlyAdmin(ReadOnly, admin.ModelAdmin):
    pass


@admin.register(Track)
class TrackAdmin(ReadOnlyAdmin):
    list_display = ["title", "slug", "position"]


@admin.register(Lesson)
class LessonAdmin(ReadOnlyAdmin):
    list_display = ["number", "title", "tier", "track", "reviewed_on", "retired_at"]
    list_display_links = ["title"]
    list_filter = ["tier", "track", "language"]
    list_select_related = ["track"]
    search_fields = ["title", "slug"]
    exclude = ["html"]


@admin.register(Term)
class TermAdmin(ReadOnlyAdmin):
    list_display = ["name", "tier", "definition"]
    list_filter = ["tier"]
    search_fields = ["name"]


@admin.register(SyncBatch)
class SyncBatchAdmin(ReadOnlyAdmin):
    list_display = ["id", "student", "received_at", "undone_at"]
    list_select_related = ["student"]
    search_fields = ["student__username"]


@admin.register(ProgressEvent)
class ProgressEventAdmin(ReadOnlyAdmin):
    list_display = ["student", "kind", "lesson", "happened_at", "received_at"]
    list_filter = ["kind"]
    list_select_related = ["student", "lesson"]
    search_fields = ["student__username", "lesson__slug"]


@admin.register(Progress)
class ProgressAdmin(ReadOnlyAdmin):
    list_display = ["student", "lesson", "last_read_at", "finished_at"]
    list_select_related = ["student", "lesson"]
    search_fields = ["student__username", "lesson__slug"]


@admin.register(MistakeReport)
class MistakeReportAdmin(admin.ModelAdmin):
    list_display = ["lesson", "text", "reporter", "reported_at", "settled_at"]
    list_filter = [("settled_at", admin.EmptyFieldListFilter)]
    list_select_related = ["lesson", "reporter"]
    search_fields = ["lesson__slug", "text"]
    readonly_fields = ["lesson", "passage_key", "text", "reporter", "reported_at"]
    actions = ["mark_as_settled"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(description=_("Mark as settled"))
    def mark_as_settled(
        self, request: HttpRequest, queryset: QuerySet[MistakeReport]
    ) -> None:
        count = queryset.filter(settled_at=None).update(settled_at=timezone.now())
        self.message_user(request, _("Settled: %d.") % count)
