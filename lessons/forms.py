from __future__ import annotations

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _


class ReportForm(forms.Form):
    text = forms.CharField(
        label=_("What is wrong, and what would be right?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Say in a few words what is wrong."),
            "max_length": _("Use 1,000 characters at most; you wrote %(show_value)d."),
        },
    )
    # Nobody sees this field; programs that fill in forms do.
    website = forms.CharField(required=False)

    @property
    def is_from_a_program(self) -> bool:
        return bool(self.data.get("website"))

    def refuse_for_now(self) -> None:
        self.add_error(
            None,
            forms.ValidationError(
                _("You sent a lot of reports just now. Wait ten minutes, then send."),
                code="too-many",
            ),
        )

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows this form."""
        if not self.is_bound:
            return 200
        return 429 if self.has_error(NON_FIELD_ERRORS, "too-many") else 422
