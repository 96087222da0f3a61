"""A field for a moment, written as the clock of a class shows it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tendril.classrooms.local_time import (
    NoSuchTime,
    TwiceThatTime,
    moment_of,
    wall_time_of,
)
from tendril.classrooms.models import Classroom

AS_WRITTEN = "%Y-%m-%dT%H:%M"
YEARS = range(2000, 2200)


class ClassTimeField(forms.DateTimeField):
    widget = forms.DateTimeInput
    default_error_messages = {
        "invalid": _("Write a day and a time, such as 2027-03-01 16:00."),
        "year": _("Choose a day in a year from 2000 to 2199."),
        "none": _(
            "The clocks go forward then, and this time is left out. Choose another."
        ),
        "twice": _(
            "The clocks go back then, and this time comes twice. "
            "Choose one an hour before or after."
        ),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        attributes = {"type": "datetime-local"}
        widget = forms.DateTimeInput(attributes, format=AS_WRITTEN)
        super().__init__(widget=widget, **kwargs)
        # What stands there already keeps its seconds, and its meaning where a
        # clock that goes back shows it twice.
        self.kept: dt.datetime | None = None
        self.classroom: Classroom | None = None

    def place(self, classroom: Classroom, kept: dt.datetime | None) -> None:
        self.classroom, self.kept = classroom, kept

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, dt.datetime) and self.classroom:
            return wall_time_of(value, self.classroom).strftime(AS_WRITTEN)
        return value

    def to_python(self, value: Any) -> dt.datetime | None:
        if self.kept and value == self.prepare_value(self.kept):
            return self.kept
        try:
            written = dt.datetime.fromisoformat(str(value).strip()) if value else None
        except ValueError:
            raise self.refusal("invalid") from None
        if written is None or self.classroom is None:
            return None
        if written.tzinfo:
            raise self.refusal("invalid")
        if written.year not in YEARS:
            raise self.refusal("year")
        try:
            return moment_of(written, self.classroom)
        except NoSuchTime:
            raise self.refusal("none") from None
        except TwiceThatTime:
            raise self.refusal("twice") from None

    def refusal(self, code: str) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code)
