"""What passwords are refused, said in words a child understands."""

from __future__ import annotations

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("Use at least %d letters, digits or signs.") % self.min_length


class HardToGuess(CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Many people use this password, so it is easy to guess. Take another.")


class UnlikeTheName(UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _("This is too much like your name. Choose something else.")
