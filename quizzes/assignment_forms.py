"""What a teacher fills in to give work to a class."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lessons.models import Lesson
from quizzes.assignment_fields import (
    MOST_ATTEMPTS,
    MOST_MINUTES,
    NamesField,
    ShelfField,
    limit,
    up_to,
)
from quizzes.class_times import ClassTimeField
from quizzes.giving import RULES, TIMES, is_begun, opens_behind
from quizzes.models import Assignment, Quiz
from tendril.accounts.models import User
from tendril.classrooms.models import Classroom


class AssignmentForm(forms.ModelForm):
    lesson = ShelfField(
        queryset=None,
        required=False,
        label=_("Lesson to read"),
        empty_label=_("No lesson"),
    )
    quiz = ShelfField(
        queryset=None,
        required=False,
        label=_("Quiz to take"),
        empty_label=_("No quiz"),
        help_text=_(
            "A closed quiz is shown to nobody before you give it out. "
            "What is right in any other can be found out by anyone."
        ),
        error_messages={
            "invalid_choice": _("This quiz was taken down. Choose another one.")
        },
    )
    groups = NamesField(label=_("Groups"))
    students = NamesField(label=_("Students"))
    opens_at = ClassTimeField(label=_("Opens"), help_text=_("Empty: at once."))
    due_at = ClassTimeField(
        label=_("Due"),
        help_text=_("What comes later still counts, and is shown as late."),
    )
    closes_at = ClassTimeField(
        label=_("Closes"),
        help_text=_("What is running then is handed in. Empty: no last day."),
    )
    attempts_allowed = up_to(
        MOST_ATTEMPTS, _("Attempts"), _("Empty: as many as one likes.")
    )
    minutes = up_to(
        MOST_MINUTES,
        _("Minutes for an attempt"),
        _("Empty: no limit of time."),
    )

    class Meta:
        model = Assignment
        fields = ["lesson", "quiz", "audience", "groups", "students", *TIMES]
        fields += [name for name in RULES if name != "question_keys"]
        widgets = {
            "audience": forms.RadioSelect,
            "feedback": forms.RadioSelect,
        }
        labels = {
            "audience": _("Given to"),
            "feedback": _("When students see their marks"),
            "is_shuffled": _("Everybody gets the questions in another order"),
            "has_hints": _("Hints may be opened"),
            "has_tutor": _("The tutor may be asked about the lesson meanwhile"),
        }

    def __init__(self, *args: Any, classroom: Classroom, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.classroom = classroom
        self.classroom = classroom
        self.limit_to_what_is_there()
        self.limit_to_the_class()
        for name in TIMES:
            kept = getattr(self.instance, name) if self.instance.pk else None
            cast(ClassTimeField, self.fields[name]).place(classroom, kept)
        if not self.instance.pk:
            self.initial["opens_at"] = (kwargs.get("initial") or {}).get("opens_at")
        elif is_begun(self.instance):
            self.fields["quiz"].disabled = True
            self.fields["quiz"].help_text = _("It stays: somebody has begun it.")

    def limit_to_what_is_there(self) -> None:
        """What is published, and what was given already."""
        own = self.instance
        quizzes = Quiz.objects.filter(Q(retired_at=None) | Q(pk=own.quiz_id))
        limit(self, "quiz", quizzes.with_lesson())
        lessons = Lesson.objects.filter(Q(retired_at=None) | Q(pk=own.lesson_id))
        lessons = lessons.select_related("track").defer("html")
        limit(self, "lesson", lessons)

    def limit_to_the_class(self) -> None:
        seats = self.classroom.enrolments.students()
        if self.classroom.archived_at:
            seats = seats.none()
        people = User.objects.filter(pk__in=seats.values("person"))
        limit(self, "groups", self.classroom.groups.all())
        limit(self, "students", people.order_by("display_name", "username"))

    def clean_quiz(self) -> Quiz | None:
        quiz: Quiz | None = self.cleaned_data["quiz"]
        if quiz and quiz.retired_at:
            raise ValidationError(self.fields["quiz"].error_messages["invalid_choice"])
        if "quiz" in self.changed_data:
            # They were picked from the other quiz.
            self.instance.question_keys = []
        return quiz

    def clean_opens_at(self) -> Any:
        # The default of its model is the moment at which the form is sent.
        moment = self.cleaned_data["opens_at"] or self.instance.opens_at
        if self.instance.pk and opens_behind(self.instance, moment):
            what = _("Somebody has begun it, so it cannot open later than that.")
            raise ValidationError(what)
        return moment

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.classroom.archived_at:
            what = _("This class is archived, so nothing can be given to it.")
            raise ValidationError(what)
        if not self.errors.keys() & {"quiz", "lesson"}:
            self.check_content(data)
        if data.get("audience") == Assignment.Audience.SOME:
            self.check_audience(data)
        self.check_times(data)
        return data

    def check_content(self, data: dict[str, Any]) -> None:
        if not data.get("quiz") and not data.get("lesson"):
            self.add_error("lesson", _("Choose a lesson, a quiz, or both."))

    def check_audience(self, data: dict[str, Any]) -> None:
        if not data.get("groups") and not data.get("students"):
            what = _("Choose a group or a student, or the whole class.")
            self.add_error("audience", what)

    def check_times(self, data: dict[str, Any]) -> None:
        opens_at, due_at, closes_at = (data.get(name) for name in TIMES)
        if not opens_at:
            return
        if due_at and due_at <= opens_at:
            self.add_error("due_at", _("It would be due before it opens."))
        if closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("It would close before it opens."))
        elif due_at and closes_at and closes_at < due_at:
            self.add_error("closes_at", _("It would close before it is due."))
