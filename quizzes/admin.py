from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from lessons.admin import ReadOnly, ReadOnlyAdmin
from quizzes.models import (
    Assignment,
    Attempt,
    Correction,
    Dispute,
    Question,
    Quiz,
    Response,
)


class ReadOnlyInline(ReadOnly, admin.TabularInline):
    show_change_link = True


class QuestionInline(ReadOnlyInline):
    model = Question
    fields = ["key", "version", "kind", "stem", "in_lesson", "retired_at"]


class ResponseInline(ReadOnlyInline):
    model = Response
    fields = ["question", "readable_answer", "points", "with_hint", "answered_at"]


@admin.register(Quiz)
class QuizAdmin(ReadOnlyAdmin):
    list_display = ["title", "slug", "access", "retired_at"]
    list_filter = ["access"]
    search_fields = ["title", "slug"]
    inlines = [QuestionInline]


@admin.register(Question)
class QuestionAdmin(ReadOnlyAdmin):
    list_display = ["stem", "quiz", "key", "version", "kind", "retired_at"]
    list_filter = ["kind", "in_lesson"]
    list_select_related = ["quiz"]
    search_fields = ["stem", "quiz__slug"]
    readonly_fields = ["keys"]

    @admin.display(description=_("Answer keys"))
    def keys(self, question: Question) -> str:
        """Where past answers are marked by another answer key."""
        url = reverse("quizzes:question_key", args=[question.pk])
        return format_html('<a href="{}">{}</a>', url, _("All answer keys"))


@admin.register(Attempt)
class AttemptAdmin(ReadOnlyAdmin):
    list_display = ["student", "quiz", "purpose", "started_at", "handed_in_at", "score"]
    list_filter = ["purpose"]
    list_select_related = ["student", "quiz"]
    search_fields = ["student__username", "quiz__slug"]
    inlines = [ResponseInline]


@admin.register(Response)
class ResponseAdmin(ReadOnlyAdmin):
    list_display = ["attempt", "question", "readable_answer", "points", "answered_at"]
    list_select_related = ["attempt__student", "attempt__quiz", "question"]
    search_fields = ["attempt__student__username", "question__stem"]


@admin.register(Assignment)
class AssignmentAdmin(ReadOnlyAdmin):
    list_display = ["title", "classroom", "opens_at", "closes_at", "feedback"]
    list_select_related = ["quiz", "lesson", "classroom"]
    search_fields = ["quiz__title", "lesson__title", "classroom__name"]


@admin.register(Dispute)
class DisputeAdmin(ReadOnlyAdmin):
    list_display = ["response", "why", "state", "settled_by", "raised_at"]
    list_filter = ["state"]
    list_select_related = ["response", "settled_by"]


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ["question", "reason", "made_by", "made_at", "finished_at"]
    list_select_related = ["question", "made_by"]
    search_fields = ["question__stem", "reason"]
