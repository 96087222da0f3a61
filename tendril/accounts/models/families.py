from __future__ import annotations

from typing import Self
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tendril.accounts.ages import children
from tendril.accounts.models.people import User
from tendril.accounts.sealing import unsealed


class GuardianshipQuerySet(models.QuerySet["Guardianship"]):
    def verified(self) -> Self:
        """Those that show a child's work: on somebody's word, and not barred.

        At 18 the view ends; the rows stay.
        """
        standing = self.filter(verified_at__isnull=False, barred_at=None)
        return standing.filter(children("student__"))

    def pending(self) -> Self:
        waiting = self.filter(verified_at=None, barred_at=None)
        return waiting.filter(children("student__"))

    def of(self, guardian: User) -> Self:
        return self.filter(guardian=guardian)

    def with_address(self) -> Self:
        """Those whose guardian can be written to."""
        here = self.filter(unsealed("guardian"), guardian__is_active=True)
        confirmed = here.filter(guardian__email_confirmed_at__isnull=False)
        return confirmed.exclude(guardian__email="")


class Guardianship(models.Model):
    """An adult answers for a student; until it is verified it shows nothing."""

    guardian = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="wardships"
    )
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="guardianships"
    )
    made_at = models.DateTimeField(default=timezone.now)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="guardianships_verified",
    )
    # The school's word that this adult must not see the child; it stays.
    barred_at = models.DateTimeField(null=True, blank=True)
    barred_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="guardianships_barred",
    )

    objects = GuardianshipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["guardian", "student"], name="guardianship_once_per_pair"
            ),
            models.CheckConstraint(
                condition=~Q(guardian=F("student")),
                name="guardianship_of_another_person",
                violation_error_message=_("Nobody is the guardian of themselves."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guardian} → {self.student}"

    @property
    def is_pending(self) -> bool:
        return self.verified_at is None and self.barred_at is None


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        good = self.filter(used_at=None, taken_back_at=None)
        return good.filter(expires_at__gt=timezone.now())

    def mailed_by(self, guardian: User) -> Self:
        """What a guardian has sent to others for their children."""
        bonds = Guardianship.objects.verified().of(guardian).filter(unsealed("student"))
        mailed = self.filter(kind=Invitation.Kind.EMAIL, made_by=guardian)
        theirs = mailed.filter(student__in=bonds.values("student"))
        return theirs.select_related("student")


class Invitation(models.Model):
    """A code by which an adult is linked to a student, once."""

    class Kind(models.TextChoices):
        # Printed by the school and handed over: using it verifies.
        SCHOOL = "school", _("code from the school")
        # Sent by the school or a verified guardian: opening the mail verifies.
        EMAIL = "email", _("e-mail")
        # Made by the child: the bond waits for the school's word.
        CHILD = "child", _("code from the child")

    kind = models.CharField(max_length=6, choices=Kind)
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations"
    )
    code = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="invitations_made",
    )
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="invitations_used",
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="email", email=""), name="invitation_by_email_has_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.student}"

    @property
    def is_over(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def shown_code(self) -> str:
        """In groups of five, as it is printed and read out."""
        return "-".join(self.code[at : at + 5] for at in range(0, len(self.code), 5))

    @property
    def path(self) -> str:
        return f"{reverse('accounts:link')}?{urlencode({'code': self.code})}"
