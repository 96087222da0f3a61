from __future__ import annotations

from django.contrib import admin

from lessons.admin import ReadOnly, ReadOnlyAdmin
from quizzes.models import Attempt, Choice, Question, Quiz, Response


class ReadOnlyInline(ReadOnly, admin.TabularInline):
    show_change_link = True


class QuestionInline(ReadOnlyInline):
    model = Question
    fields = ["key", "version", "kind", "stem", "in_lesson", "retired_at"]


class ChoiceInline(ReadOnlyInline):
    model = Choice
    fields = ["text", "is_right", "why"]


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
    inlines = [ChoiceInline]


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
