from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tutor.purposes import Purpose


class Subject(models.Model):
    """Whom the ledger means by a random id. Erasing a person deletes this row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="consent_subject",
    )

    def __str__(self) -> str:
        return str(self.pk)


class ConsentEventQuerySet(models.QuerySet["ConsentEvent"]):
    def about(self, subject: uuid.UUID) -> Self:
        return self.filter(student=subject)

    def confirmed(self) -> Self:
        return self.filter(kind=ConsentEvent.Kind.CONFIRMED)

    def withdrawn(self) -> Self:
        return self.filter(kind=ConsentEvent.Kind.WITHDRAWN)

    def latest_of_grantor(self) -> Self:
        """Without what the same grantor has said otherwise later."""
        words = [ConsentEvent.Kind.CONFIRMED, ConsentEvent.Kind.WITHDRAWN]
        later = ConsentEvent.objects.filter(
            student=OuterRef("student"),
            purpose=OuterRef("purpose"),
            grantor=OuterRef("grantor"),
            kind__in=words,
            pk__gt=OuterRef("pk"),
        )
        return self.filter(~Exists(later), kind__in=words)


class ConsentEvent(models.Model):
    """One line of the ledger: added, never changed, naming nobody.

    The database itself refuses changes (`tutor.append_only`). Ids are those of
    `Subject`, without a foreign key: the line outlives whom it was about.
    """

    class Kind(models.TextChoices):
        REQUESTED = "requested", _("asked for")
        GRANTED = "granted", _("granted")
        # From here on it is in force; with most methods at once.
        CONFIRMED = "confirmed", _("confirmed")
        WITHDRAWN = "withdrawn", _("withdrawn")
        # Those concerned were told that it ends soon.
        REMINDED = "reminded", _("told that it ends soon")

    class Relationship(models.TextChoices):
        GUARDIAN = "guardian", _("parent or guardian")
        SCHOOL = "school", _("school")
        SELF = "self", _("the student")

    kind = models.CharField(max_length=10, choices=Kind)
    purpose = models.CharField(max_length=20, choices=Purpose)
    student = models.UUIDField()
    # Who answers for it, and who did it here: a teacher records a guardian's form.
    grantor = models.UUIDField()
    actor = models.UUIDField()
    relationship = models.CharField(max_length=8, choices=Relationship)
    method = models.CharField(max_length=20)
    # Such as the reference of a signed form.
    evidence = models.CharField(max_length=80, blank=True)
    # Who received the words, by name, when it was granted.
    provider = models.CharField(max_length=120, blank=True)
    notice_version = models.CharField(max_length=20)
    notice_hash = models.CharField(max_length=64)
    happened_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentEventQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["student", "purpose"], name="consent_by_student")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_purpose_display()}"


class ConsentLinkQuerySet(models.QuerySet["ConsentLink"]):
    def open(self) -> Self:
        return self.filter(used_at=None, expires_at__gt=timezone.now())

    def to_confirm(self) -> Self:
        """Those that were used, and whose second message is due."""
        return self.filter(confirms_at__lte=timezone.now(), confirmed_at=None)


class ConsentLink(models.Model):
    """A link in an e-mail by which a verified guardian consents, once."""

    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consent_links"
    )
    guardian = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="consent_links_received",
    )
    # To which it went; the link is worth nothing once the guardian has another one.
    email = models.EmailField()
    purpose = models.CharField(max_length=20, choices=Purpose)
    notice_hash = models.CharField(max_length=64)
    # Of the secret in the link, which itself is kept nowhere.
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    # When the second message goes out, from which on the consent is in force.
    confirms_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.student}, {self.get_purpose_display()}"
