from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from lessons.admin import ReadOnly, ReadOnlyAdmin
from quizzes.assignments import move_ends
from quizzes.models import (
    Assignment,
    Attempt,
    Correction,
    Dispute,
    Question,
    Quiz,
    Response,
)
from tendril.accounts.models import User
from tendril.classrooms.models import Classroom


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


MOST_ATTEMPTS = 100
# A day; for longer there is the moment at which it closes.
MOST_MINUTES = 24 * 60


class AssignmentForm(forms.ModelForm):
    class Meta:
        model = Assignment
        exclude = ["made_by", "released_at"]  # noqa: DJ006
        help_texts = {
            "opens_at": _("In UTC. Students read it in the time of their class."),
            "closes_at": _(
                "In UTC; empty for no last day. What is open then is handed in, and "
                "what comes more than a minute later is kept for the teacher to judge."
            ),
            "attempts_allowed": _("Empty: as many as one likes."),
            "feedback": _(
                "When students see the marks. Until then they may change their answers."
            ),
            "minutes": _("From the start of each attempt. Empty: no limit of time."),
            "is_shuffled": _("Each student gets an order of their own, and keeps it."),
        }

    def clean_quiz(self) -> Quiz:
        quiz: Quiz = self.cleaned_data["quiz"]
        if quiz.retired_at:
            what = _("This quiz was taken down with its lesson. Choose another one.")
            raise forms.ValidationError(what)
        return quiz

    def clean_classroom(self) -> Classroom:
        classroom: Classroom = self.cleaned_data["classroom"]
        if classroom.archived_at:
            what = _("This class is archived. Choose one that is still open.")
            raise forms.ValidationError(what)
        return classroom

    def clean_attempts_allowed(self) -> int | None:
        return self._up_to(MOST_ATTEMPTS, "attempts_allowed")

    def clean_minutes(self) -> int | None:
        return self._up_to(MOST_MINUTES, "minutes")

    def _up_to(self, most: int, name: str) -> int | None:
        number: int | None = self.cleaned_data[name]
        if number is not None and not 1 <= number <= most:
            what = _("Write a number from 1 to %(most)d, or leave it empty.")
            raise forms.ValidationError(what, params={"most": most})
        return number

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        opens_at, closes_at = data.get("opens_at"), data.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("Write a moment after the one it opens at."))
        return data


@admin.register(Assignment)
class AssignmentAdmin(admin.ModelAdmin):
    form = AssignmentForm
    list_display = ["quiz", "classroom", "opens_at", "closes_at", "feedback"]
    list_select_related = ["quiz", "classroom"]
    autocomplete_fields = ["quiz", "classroom"]
    readonly_fields = ["made_by", "released_at"]
    search_fields = ["quiz__title", "classroom__name"]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Assignment | None = None
    ) -> list[str]:
        # An attempt would count for another class, or another quiz.
        fixed = ["quiz", "classroom"] if obj and obj.attempts.exists() else []
        return [*self.readonly_fields, *fixed]

    def save_model(
        self, request: HttpRequest, obj: Assignment, form: forms.ModelForm, change: bool
    ) -> None:
        if not change:
            obj.made_by = cast(User, request.user)
        super().save_model(request, obj, form, change)
        move_ends(obj)
        if obj.quiz.is_practice:
            notice = _("This is a practice quiz: anyone can find out what is right.")
            self.message_user(request, notice, messages.WARNING)


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
