from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.kinds import kind_of
from quizzes.models import Question
from quizzes.sittings import Sitting

NAME = re.compile(r"q[0-9]{1,18}\Z")


def field_name(question: Question) -> str:
    return f"q{question.pk}"


class AnswersForm(forms.Form):
    """The questions on a page that have no answer yet; one at least is answered.

    An answer to a question that is marked already is passed over, so that a
    form sent twice is as good as one sent once.
    """

    def __init__(
        self, *args: Any, sitting: Sitting, shown: Sequence[Question], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sitting = sitting
        self.open = [q for q in shown if q.pk not in sitting.marks]
        for question in self.open:
            choices = sitting.choices_of(question)
            field = kind_of(question).field(question, choices)
            field.required = len(self.open) == 1
            self.fields[field_name(question)] = field

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        named = {name for name in self.data if NAME.match(name)}
        known = {field_name(question): question for question in self.sitting.questions}
        if named - known.keys():
            raise forms.ValidationError(
                _("That question is not part of this quiz. Answer one shown here.")
            )
        sent_before = any(known[name].pk in self.sitting.marks for name in named)
        if not (self.errors or self.answers() or sent_before or not self.open):
            self.add_error(field_name(self.open[0]), _("Choose an answer first."))
        return data

    def answers(self) -> dict[Question, list[str]]:
        found = {}
        for question in self.open:
            value = self.cleaned_data.get(field_name(question))
            if value:
                found[question] = value if isinstance(value, list) else [value]
        return found
