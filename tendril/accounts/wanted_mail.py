"""Mail that comes again and again to those who asked for it, and stops at one click."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from tendril.accounts import mail, signed_links
from tendril.accounts.models import User
from tendril.accounts.sealing import unsealed


@dataclass(frozen=True)
class WantedMail:
    template: str
    # The fields of a person: whether they want it, and the day of the last one.
    wish: str
    sent_on: str

    def waiting(self, since: date) -> QuerySet[User]:
        """Who wants it, has an address, and got none on this day or after it."""
        none_yet = Q(**{self.sent_on: None}) | Q(**{f"{self.sent_on}__lt": since})
        people = User.objects.filter(none_yet, unsealed(), **{self.wish: True})
        confirmed = people.filter(is_active=True, email_confirmed_at__isnull=False)
        return confirmed.exclude(email="")

    def send(self, person: User, context: dict[str, Any], *, since: date) -> None:
        """Write to one of those who are waiting, once however often it is called."""
        # Taken before it is sent, so that two workers do not both send it.
        theirs = self.waiting(since).filter(pk=person.pk)
        if not theirs.update(**{self.sent_on: timezone.localdate()}):
            return
        try:
            self._write(person, context)
        except mail.NotSent:
            before = {self.sent_on: getattr(person, self.sent_on)}
            User.objects.filter(pk=person.pk).update(**before)
            raise

    def _write(self, person: User, context: dict[str, Any]) -> None:
        stop = signed_links.stop_link(person, self.wish)
        mail.send(
            self.template,
            to=person.email,
            context={"person": person, "stop_link": stop, **context},
            headers={
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
