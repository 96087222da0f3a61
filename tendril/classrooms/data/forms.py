from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tendril.accounts.forms import PasswordField
from tendril.accounts.models import User
from tendril.classrooms.last_teacher import classrooms_left_alone_by


class EraseForm(forms.Form):
    """Asks for the password of whoever asks for the erasing of a person."""

    password = PasswordField(label=_("Your password"), autocomplete="current-password")

    def __init__(self, *args: Any, person: User, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.by = by

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.by.check_password(password):
            raise ValidationError(_("This is not your password. Type it again."))
        return password

    def clean(self) -> dict[str, Any] | None:
        alone = ", ".join(map(str, classrooms_left_alone_by(self.person)))
        if alone:
            raise ValidationError(
                _(
                    "Nobody else teaches %(classes)s. Add another teacher or archive "
                    "it, then come back. Nothing was changed."
                ),
                params={"classes": alone},
            )
        return super().clean()
