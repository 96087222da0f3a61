from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tendril.accounts.forms import PasswordField
from tendril.accounts.models import User
from tendril.classrooms.models import Classroom


class EraseForm(forms.Form):
    """Asks for the password of whoever asks for the erasing of a person."""

    password = PasswordField(label=_("Your password"), autocomplete="current-password")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.by.check_password(password):
            raise ValidationError(_("This is not your password. Type it again."))
        return password

    def refuse(self, alone: list[Classroom]) -> None:
        self.add_error(
            None,
            ValidationError(
                _(
                    "Nobody else teaches %(classes)s. Add another teacher or archive "
                    "it, then come back. Nothing was changed."
                ),
                params={"classes": ", ".join(map(str, alone))},
            ),
        )
