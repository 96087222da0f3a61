"""What a consent to the tutor is for, one at a time."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    # Nothing leaves the server.
    EMBEDDED = "tutor-embedded", _("answers made on this server")
    # The question and the lesson's passages go to the named provider.
    EXTERNAL = "tutor-external-model", _("answers made by an outside model")
