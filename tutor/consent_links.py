"""Links in mails by which a guardian consents, and goes back on it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from tendril.accounts.mail import address_of, is_on
from tendril.accounts.models import Guardianship, User
from tendril.accounts.sealing import unsealed
from tendril.accounts.signed_links import LinkOfSomebodyElse, LinkOver, LinkUnknown
from tutor import notices
from tutor.models import ConsentLink
from tutor.purposes import Purpose

SALT, END_SALT = "tutor.consent_links", "tutor.consent_links.end"
GOOD_FOR = timedelta(days=7)


def bonds() -> Q:
    """Of guardianships: by whom a mail can be read, and whose word counts."""
    standing = Guardianship.objects.verified().with_address()
    return Q(pk__in=standing.filter(unsealed("student")).values("pk"))


@transaction.atomic
def make(*, student: User, guardian: User) -> tuple[ConsentLink, str]:
    """A link and its address, which is kept nowhere; the one before is over."""
    now, secret = timezone.now(), secrets.token_urlsafe(32)
    before = ConsentLink.objects.open().filter(student=student, guardian=guardian)
    before.update(expires_at=now)
    link = ConsentLink.objects.create(
        student=student,
        guardian=guardian,
        email=guardian.email,
        purpose=Purpose.EMBEDDED,
        notice_hash=notices.current(Purpose.EMBEDDED).hash,
        secret_hash=_hash(secret),
        expires_at=now + GOOD_FOR,
    )
    token = signing.Signer(salt=SALT).sign(secret)
    return link, address_of(reverse("tutor:mailed", args=[token]))


def find(token: str, reader: User | AnonymousUser) -> ConsentLink:
    """The link, while it can be used by whoever reads, signed in or not.

    Raises the exceptions of tendril.accounts.signed_links.
    """
    known = ConsentLink.objects.filter(secret_hash=_hash(_unsigned(token, SALT)))
    link = _of_reader(known.select_related("student", "guardian").first(), reader)
    notice = notices.current(link.purpose)
    if not is_open(link) or not is_bound(link) or link.notice_hash != notice.hash:
        raise LinkOver
    return link


def end_address(link: ConsentLink) -> str:
    """It stays good: whoever keeps the mail must be able to go back on it."""
    token = signing.Signer(salt=END_SALT).sign(str(link.pk))
    return address_of(reverse("tutor:end_by_mail", args=[token]))


def find_end(token: str, reader: User | AnonymousUser) -> ConsentLink:
    """The link that was used, for taking it back; raises as above."""
    known = ConsentLink.objects.filter(pk=_unsigned(token, END_SALT))
    link = _of_reader(known.select_related("student", "guardian").first(), reader)
    if not is_bound(link):
        raise LinkOver
    return link


def is_open(link: ConsentLink) -> bool:
    """Not on a site that sends no mail: the second one would never come."""
    is_unused = link.used_at is None and link.expires_at > timezone.now()
    return is_unused and is_on()


def is_bound(link: ConsentLink) -> bool:
    """Whether it went to a guardian of the student, at the address they have now."""
    of_both = Guardianship.objects.filter(
        bonds(),
        student=link.student_id,
        guardian=link.guardian_id,
        guardian__email=link.email,
    )
    return of_both.exists()


def _of_reader(link: ConsentLink | None, reader: User | AnonymousUser) -> ConsentLink:
    if link is None:
        raise LinkUnknown
    if reader.is_authenticated and reader != link.guardian:
        raise LinkOfSomebodyElse
    return link


def _unsigned(token: str, salt: str) -> str:
    try:
        return signing.Signer(salt=salt).unsign(token)
    except signing.BadSignature:
        raise LinkUnknown from None


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
