"""Ways in which a consent is given, and what each may allow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from tendril.accounts import mail
from tutor.models import ConsentEvent
from tutor.purposes import Purpose

Relationship = ConsentEvent.Relationship


@dataclass(frozen=True)
class Method:
    name: str
    relationship: str
    purposes: frozenset[str]
    good_for: timedelta = timedelta(days=365)
    needs_evidence: bool = False
    # Granted first, and in force only with a second message some time after it.
    is_confirmed_later: bool = False

    def allows(self, purpose: str) -> bool:
        return purpose in self.purposes


EMBEDDED_ALONE = frozenset([Purpose.EMBEDDED])
BOTH = frozenset(Purpose.values)

# A verified guardian, signed in, who has typed the password once more.
GUARDIAN_ACCOUNT = Method("guardian_account", Relationship.GUARDIAN, EMBEDDED_ALONE)
# A link in a mail to a verified guardian, then a second mail with the way back.
EMAIL_PLUS = Method(
    "email_plus", Relationship.GUARDIAN, EMBEDDED_ALONE, is_confirmed_later=True
)
# A teacher records a form that a guardian has signed.
IN_PERSON = Method("in_person", Relationship.SCHOOL, BOTH, needs_evidence=True)
# The school for its own educational use; off unless the site turns it on.
SCHOOL = Method("school", Relationship.SCHOOL, EMBEDDED_ALONE)
# Somebody old enough, for themselves.
ADULT_SELF = Method("adult_self", Relationship.SELF, BOTH)


def available() -> list[Method]:
    methods = [GUARDIAN_ACCOUNT, IN_PERSON, ADULT_SELF]
    if mail.is_on():
        methods.append(EMAIL_PLUS)
    if settings.TUTOR_SCHOOL_CONSENT:
        methods.append(SCHOOL)
    return methods
