"""Fields that forms of several apps use."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet


class SeveralField(forms.ModelMultipleChoiceField):
    """Rows that were ticked; a number too big for the database is none of them."""

    def clean(self, value: Any) -> QuerySet[Any]:
        try:
            chosen: QuerySet[Any] = super().clean(value)
        except OverflowError:
            message = self.error_messages["invalid_choice"]
            raise ValidationError(
                message, code="invalid_choice", params={"value": ""}
            ) from None
        return chosen
