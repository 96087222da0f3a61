"""Forms on what the answers to a question lead to: who, and which questions."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from quizzes.models import Question
from tendril.accounts.models import User
from tendril.form_fields import SeveralField


class StudentsForm(forms.Form):
    """Some of the students who missed a question."""

    student = SeveralField(
        queryset=User.objects.none(),
        error_messages={
            "required": _("Tick at least one student."),
            "invalid_choice": _(
                "One of those students is not among those who missed this. "
                "Tick them again."
            ),
            "invalid_pk_value": _(
                "One of those students is not among those who missed this. "
                "Tick them again."
            ),
        },
    )

    def __init__(self, *args: Any, students: Collection[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelMultipleChoiceField, self.fields["student"])
        field.queryset = User.objects.filter(pk__in=[person.pk for person in students])


class FollowUpForm(StudentsForm):
    """Which questions are asked once more, and whom."""

    question = forms.MultipleChoiceField(
        error_messages={
            "required": _("Tick at least one question."),
            "invalid_choice": _(
                "One of those questions is not of this quiz. Tick them again."
            ),
        },
    )

    def __init__(
        self, *args: Any, questions: Collection[Question], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {str(question.pk): question for question in questions}
        field = cast(forms.MultipleChoiceField, self.fields["question"])
        field.choices = [(pk, question.stem) for pk, question in self.questions.items()]

    def ticked(self) -> list[Question]:
        return [self.questions[pk] for pk in self.cleaned_data["question"]]
