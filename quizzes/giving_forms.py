"""Forms around giving out work: where it begins, copies, and more for one student."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django import forms
from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from quizzes.assignment_fields import MOST_ATTEMPTS, MOST_MINUTES, limit
from quizzes.class_times import ClassTimeField
from quizzes.giving import TIMES
from quizzes.models import Assignment
from tendril.accounts.models import User
from tendril.classrooms.local_time import wall_time_of
from tendril.classrooms.models import Classroom


class SuggestionForm(forms.Form):
    """What the address of a new assignment suggests; what makes no sense is left out."""

    quiz = forms.SlugField(required=False)
    lesson = forms.SlugField(required=False)
    only = forms.CharField(required=False, max_length=2000)
    copy = forms.IntegerField(required=False, min_value=1, max_value=2**31)
    weeks = forms.IntegerField(required=False, min_value=0, max_value=520)


class CopyForm(forms.Form):
    class When(TextChoices):
        SAME = "same", _("at the same times")
        LATER = "later", _("some weeks later")
        EMPTY = "empty", _("at once, with no end until you set one")

    classroom: forms.ModelChoiceField[Classroom] = forms.ModelChoiceField(
        queryset=None, label=_("Class"), empty_label=None
    )
    when = forms.ChoiceField(
        label=_("When"), choices=When, widget=forms.RadioSelect, initial=When.SAME
    )
    weeks = forms.IntegerField(
        label=_("How many weeks later"), required=False, min_value=1, max_value=520
    )

    def __init__(self, *args: Any, teacher: User, given: Assignment, **kwargs: Any):
        super().__init__(*args, **kwargs)
        mine = Classroom.objects.open().taught_by(teacher)
        self.classrooms = mine.exclude(pk=given.classroom_id)
        limit(self, "classroom", self.classrooms)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("when") == self.When.LATER and not data.get("weeks"):
            self.add_error("weeks", _("Write how many weeks later it starts."))
        return data

    @property
    def weeks_later(self) -> int | None:
        """None: without any of the times."""
        when = self.cleaned_data["when"]
        if when == self.When.EMPTY:
            return None
        return self.cleaned_data["weeks"] if when == self.When.LATER else 0


class ExtensionForm(forms.Form):
    due_at = ClassTimeField(label=_("Due"))
    closes_at = ClassTimeField(label=_("Closes"))
    extra_minutes = forms.IntegerField(
        label=_("Extra minutes"), required=False, min_value=0, max_value=MOST_MINUTES
    )
    extra_attempts = forms.IntegerField(
        label=_("Extra attempts"), required=False, min_value=0, max_value=MOST_ATTEMPTS
    )
    LIMITS = {
        "due_at": "due_at",
        "closes_at": "closes_at",
        "extra_minutes": "minutes",
        "extra_attempts": "attempts_allowed",
    }

    def __init__(self, *args: Any, given: Assignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.given = given
        for name, own in self.LIMITS.items():
            if getattr(given, own) is None:
                del self.fields[name]
                continue
            self.fields[name].help_text = self.for_everybody(own)
            if name in TIMES:
                field = cast(ClassTimeField, self.fields[name])
                field.place(given.classroom, self.initial.get(name))

    def for_everybody(self, name: str) -> str:
        own = getattr(self.given, name)
        if isinstance(own, dt.datetime):
            own = date_format(wall_time_of(own, self.given.classroom), "j F Y, H:i")
        return _("For everybody: %(what)s.") % {"what": own}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in self.changed_data:
            moment, own = data.get(name), getattr(self.given, name, None)
            if name in TIMES and moment and own and moment <= own:
                self.add_error(name, _("Choose a time after the one for everybody."))
        due_at, closes_at = data.get("due_at"), data.get("closes_at")
        if due_at and closes_at and closes_at < due_at:
            self.add_error("closes_at", _("It would close before it is due."))
        return {name: data.get(name) or None for name in TIMES[1:]} | {
            name: data.get(name) or 0 for name in ("extra_minutes", "extra_attempts")
        }
