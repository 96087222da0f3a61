from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tendril.accounts.ages import is_adult
from tendril.accounts.names import validate_display_name


class User(AbstractUser):
    """A person. What they are to each other is said by relationships, not here."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    display_name = models.CharField(
        _("name to show"), max_length=30, blank=True, validators=[validate_display_name]
    )
    # The first day of the month; empty counts as a child.
    born_on = models.DateField(_("month of birth"), null=True, blank=True)
    recovery_hash = models.CharField(max_length=128, blank=True, editable=False)
    # The classroom that looks after this account: it made it, or follows who did.
    managed_by = models.ForeignKey(
        "classrooms.Classroom",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="managed_accounts",
    )
    # When the passphrase that a class gave them was made.
    passphrase_given_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Only an address confirmed by a link is written to.
    email_confirmed_at = models.DateTimeField(null=True, blank=True)
    # Asked for, until the link that was sent to it is opened.
    new_email = models.EmailField(blank=True)
    wants_reminders = models.BooleanField(_("reminders by e-mail"), default=False)
    wants_digest = models.BooleanField(_("a weekly e-mail"), default=False)
    # While they are to be erased: adults see nothing of them, and they one page.
    sealed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The day of the last one, so that none comes twice in a week.
    digest_sent_on = models.DateField(null=True, blank=True)
    # The day of the last one, so that there is one a day at the most.
    reminder_sent_on = models.DateField(null=True, blank=True)
    # What is left of an erased person: a row that says nothing about anybody.
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(username=Lower("username")),
                name="user_username_in_small_letters",
            ),
        ]

    def __str__(self) -> str:
        if self.erased_at:
            return gettext("somebody who is gone")
        return self.display_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """Small letters only: Ana and ana must never be two people."""
        found = super().normalize_username(username)
        # Where a form has refused a name, Django hands over none.
        return found.lower() if found else found

    @property
    def reader_key(self) -> str:
        """Tells people apart on a shared device without saying who they are."""
        return salted_hmac("tendril.accounts.reader", str(self.pk)).hexdigest()[:16]

    @property
    def is_adult(self) -> bool:
        return is_adult(self.born_on)

    @property
    def confirmed_email(self) -> str:
        return self.email if self.email_confirmed_at else ""

    @property
    def may_teach(self) -> bool:
        return TeacherGrant.objects.filter(person=self).exists()


class TeacherGrant(models.Model):
    """Staff's word that a person is a teacher here."""

    person = models.OneToOneField(
        User, on_delete=models.CASCADE, related_name="teacher_grant"
    )
    granted_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="grants_given"
    )
    granted_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.person)
