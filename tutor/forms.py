from __future__ import annotations

from typing import Any, Self
from uuid import uuid4

from allauth.account.fields import PasswordField
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tendril.accounts.models import User
from tutor import follow_ups, teacher_questions, typed_words
from tutor.models import Exchange, FamilySettings, TeacherQuestion
from tutor.purposes import Purpose


class QuestionForm(forms.Form):
    """A question, with the id that it will have however often it is sent."""

    exchange_id = forms.UUIDField(widget=forms.HiddenInput)
    # Key of the passage that was marked.
    about = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)
    question = forms.CharField(
        label=_("Your question"),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": typed_words.MOST}),
        error_messages={"required": _("Write your question first.")},
    )

    @classmethod
    def new(cls) -> Self:
        return cls(initial={"exchange_id": uuid4()}, auto_id="tutor-%s")

    def clean_question(self) -> str:
        try:
            return typed_words.read(self.cleaned_data["question"])
        except typed_words.NotReadable as refusal:
            raise ValidationError(str(refusal)) from refusal


class ClassForm(forms.Form):
    """Which class a question goes to; its buttons are the classes."""

    def __init__(self, *args: Any, student: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["classroom"] = forms.ModelChoiceField(
            teacher_questions.classes_of(student), widget=forms.HiddenInput
        )


class TeacherQuestionForm(ClassForm, QuestionForm):
    """A question to the teachers of a class."""


class FollowForm(forms.Form):
    """What is asked on about an answer; its buttons are what is offered."""

    def __init__(self, *args: Any, exchange: Exchange, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind, kind) for kind in follow_ups.offered(exchange)]
        self.fields["kind"] = forms.ChoiceField(choices=kinds)


class AnswerForm(forms.ModelForm):
    """A teacher's answer, for who asked or for the whole class."""

    for_the_class = forms.BooleanField(
        label=_("Show it to the whole class, without the name"), required=False
    )

    class Meta:
        model = TeacherQuestion
        fields = ["answer"]
        labels = {"answer": _("Your answer")}
        widgets = {"answer": forms.Textarea(attrs={"rows": 3})}

    def __init__(
        self, data: QueryDict | None = None, *, instance: TeacherQuestion
    ) -> None:
        super().__init__(
            data,
            instance=instance,
            initial={"for_the_class": bool(instance.published_at)},
            auto_id=f"answer-{instance.pk}-%s",
        )
        self.fields["answer"].required = True


class PurposeForm(forms.Form):
    """What a decision is about; all of it where nothing is said."""

    purpose = forms.ChoiceField(
        choices=Purpose, required=False, widget=forms.HiddenInput
    )


class ConsentForm(PurposeForm):
    """Asks whoever decides for the password once more."""

    password = PasswordField(label=_("Your password"), autocomplete="current-password")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    @classmethod
    def about(cls, purpose: str, by: User) -> ConsentForm:
        # Several stand on a page.
        return cls(initial={"purpose": purpose}, by=by, auto_id=f"{purpose}-%s")

    @property
    def asked_for(self) -> str:
        return str(self.cleaned_data.get("purpose") or Purpose.EMBEDDED)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.by.check_password(password):
            raise ValidationError(_("This is not your password. Type it again."))
        return password


class FamilySettingsForm(forms.ModelForm):
    class Meta:
        model = FamilySettings
        fields = ["is_paused", "quiet_from", "quiet_until", "daily_questions"]
        labels = {
            "is_paused": _("Pause the tutor"),
            "quiet_from": _("No questions from"),
            "quiet_until": _("until"),
            "daily_questions": _("Questions a day, at most"),
        }
        widgets = {
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and bool(found["quiet_from"]) != bool(found["quiet_until"]):
            self.add_error(
                "quiet_until", _("Write both times, or leave both of them empty.")
            )
        return found


class SignedFormForm(forms.Form):
    """What a teacher writes down of a form that a guardian has signed."""

    purposes = forms.MultipleChoiceField(
        label=_("The form allows"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick what the form allows.")},
    )
    reference = forms.CharField(
        label=_("Where to find the form"),
        help_text=_("Such as a folder and a number. Write no names."),
        max_length=80,
        error_messages={"required": _("Write where the form can be found.")},
    )

    def __init__(
        self, *args: Any, offered: list[str], guardians: QuerySet[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if guardians.exists():
            self.fields["signed_by"] = forms.ModelChoiceField(
                guardians,
                label=_("Who signed it"),
                help_text=_("It takes the place of what the same one said before."),
                empty_label=_("A guardian without an account"),
                required=False,
            )
        of_site = [
            (value, label) for value, label in Purpose.choices if value in offered
        ]
        self.fields["purposes"].choices = of_site  # type: ignore[attr-defined]


class PauseForm(forms.Form):
    is_paused = forms.BooleanField(required=False)
