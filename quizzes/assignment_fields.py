"""The fields of the forms in which teachers give out work."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from lessons.models import Lesson, Tier
from quizzes.models import Quiz
from tendril.form_fields import SeveralField

MOST_ATTEMPTS = 100
# A day; for longer there is the moment at which it closes.
MOST_MINUTES = 24 * 60


def place_of(row: Lesson | Quiz) -> tuple[int, int, int, str]:
    lesson = row.lesson if isinstance(row, Quiz) else row
    if lesson is None:
        return sys.maxsize, 0, 0, str(row)
    tier = Tier.values.index(lesson.tier)
    return lesson.track.position, tier, lesson.number, str(row)


class InShelves(ModelChoiceIterator):
    """Rows grouped as the catalogue does it: by track, and by age."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for shelf, rows in groupby(sorted(self.queryset, key=place_of), self.shelf):
            yield shelf, [self.choice(row) for row in rows]

    @staticmethod
    def shelf(row: Lesson | Quiz) -> str:
        lesson = row.lesson if isinstance(row, Quiz) else row
        if lesson is None:
            return str(_("Other quizzes"))
        return f"{lesson.track.title}: {lesson.get_tier_display()}"


class ShelfField(forms.ModelChoiceField):
    iterator = InShelves

    def label_from_instance(self, row: Any) -> str:
        if isinstance(row, Quiz) and row.access == Quiz.Access.CLOSED:
            return str(_("%(title)s (closed)") % {"title": row.title})
        return str(row)


class NamesField(SeveralField):
    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, required=False, **kwargs)


def up_to(most: int, label: Any, help_text: Any) -> forms.IntegerField:
    what = _("Write a number from 1 to %(most)d, or leave it empty.") % {"most": most}
    wrong = {"min_value": what, "max_value": what, "invalid": what}
    return forms.IntegerField(
        min_value=1,
        max_value=most,
        required=False,
        label=label,
        help_text=help_text,
        error_messages=wrong,
    )


def limit(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
