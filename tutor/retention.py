"""How long questions and answers are kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tendril.accounts.models import User
from tutor.methods import EMAIL_PLUS
from tutor.models import (
    Budget,
    Claim,
    ConsentLink,
    Exchange,
    ExchangeQuerySet,
    Flag,
    TeacherQuestion,
)

# Counts of questions, and links that are over.
OF_NO_USE_AFTER = timedelta(days=30)


def erase_old() -> int:
    """Erase what is older than the notice promises, but for open dangers."""
    now = timezone.now()
    oldest = now - timedelta(days=settings.TUTOR_KEEP_DAYS)
    Budget.objects.filter(day__lt=(now - OF_NO_USE_AFTER).date()).delete()
    _erase_links(now - OF_NO_USE_AFTER)
    TeacherQuestion.objects.filter(asked_at__lt=oldest).delete()
    return erase(Exchange.objects.filter(asked_at__lt=oldest))


def _erase_links(before: datetime) -> None:
    """Those that gave nothing; and of others once what they gave is over.

    Until then the second mail ends it, which finds it by its link.
    """
    given_nothing = ConsentLink.objects.filter(confirmed_at=None, confirms_at=None)
    given_nothing.filter(expires_at__lt=before).delete()
    ended = before - EMAIL_PLUS.good_for
    ConsentLink.objects.filter(confirmed_at__lt=ended).delete()


@transaction.atomic
def erase_of(student: User) -> int:
    """Erase all that a student has asked, but for an open danger."""
    TeacherQuestion.objects.of(student).delete()
    return erase(Exchange.objects.of(student))


@transaction.atomic
def drop(exchanges: ExchangeQuerySet) -> None:
    """Answer none of these any more, and keep nothing of what was about to be."""
    pending = list(exchanges.pending().values_list("pk", flat=True))
    dropped, now = Exchange.State.DROPPED, timezone.now()
    # First, so that no worker adds a sentence after those that are deleted.
    exchanges.pending().filter(pk__in=pending).update(state=dropped, finished_at=now)
    Claim.objects.filter(exchange__in=pending, exchange__state=dropped).delete()


@transaction.atomic
def erase(exchanges: QuerySet[Exchange]) -> int:
    held = Flag.objects.open().dangers().values("exchange")
    gone = exchanges.exclude(pk__in=held)
    Flag.objects.filter(exchange__in=gone).delete()
    return gone.delete()[1].get("tutor.Exchange", 0)
