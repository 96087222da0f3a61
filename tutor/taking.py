"""Which worker has which question: one at a time, and not for ever."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import connection
from django.db.models import F, Q
from django.utils import timezone

from tutor.models import Exchange, ExchangeQuerySet

# A worker that takes longer is taken for dead, and another one begins anew.
DEADLINE = dt.timedelta(seconds=60)
# So long a model is asked for one answer, in seconds: the last call may still have to
# connect and then to wait, which are up to `llm.SILENCE` each.
LONGEST = 35
# As often a model is asked for it, whatever went wrong.
MOST_TRIES = 3


def take(exchange_id: UUID) -> Exchange | None:
    """The question, unless it is answered or another worker is at it."""
    now = timezone.now()
    free = Exchange.objects.pending().filter(_is_free(now), pk=exchange_id)
    if not free.update(taken_until=now + DEADLINE, tries=F("tries") + 1):
        return None
    related = Exchange.objects.select_related("student", "lesson", "follows")
    return related.get(pk=exchange_id)


def mine(exchange: Exchange) -> ExchangeQuerySet:
    """The question, while nobody has ended it, nor begun anew after this worker."""
    pending = Exchange.objects.pending()
    return pending.filter(pk=exchange.pk, taken_until=exchange.taken_until)


def give_back(exchange: Exchange) -> None:
    mine(exchange).update(taken_until=None)


def put_off(exchange: Exchange) -> None:
    """As if it had not been taken."""
    mine(exchange).update(taken_until=None, tries=F("tries") - 1)


def waiting_too_long() -> list[UUID]:
    """Questions that no worker has, or whose worker is taken for dead."""
    now = timezone.now()
    pending = Exchange.objects.pending().filter(asked_at__lt=now - DEADLINE / 2)
    return list(pending.filter(_is_free(now)).values_list("pk", flat=True)[:500])


def let_go_of_database() -> None:
    """Hold no connection while a model is waited for: there are fewer of them."""
    if not connection.in_atomic_block:
        connection.close()


def _is_free(now: dt.datetime) -> Q:
    return Q(taken_until=None) | Q(taken_until__lt=now)
