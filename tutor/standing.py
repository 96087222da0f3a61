"""What may still be done for a question while it is being answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from time import monotonic

from django.db import transaction
from django.utils import timezone

from tutor import budgets, gate, gate_facts, llm, receipts, taking
from tutor.models import Exchange
from tutor.purposes import Purpose

# So long a question waits for the self-test, which comes every few minutes.
PATIENCE = dt.timedelta(hours=1)


class Stopped(Exception):
    """No more may be sent for a question, by the gate or the clock, or by this worker."""


@dataclass(frozen=True)
class Standing:
    is_open: bool
    # Whether something may be sent to the outside model.
    may_send: bool
    # Nothing is missing but a self-test of late, and it may still come.
    is_put_off: bool = False


def standing(exchange: Exchange) -> Standing:
    """By the gate; the question itself has been counted, and so has what it cost."""
    if exchange.lesson.retired_at:
        return Standing(is_open=False, may_send=False)
    facts = replace(gate_facts.read(exchange.student, exchange.lesson), has_budget=True)
    is_for_model = exchange.purpose == Purpose.EXTERNAL and llm.is_set_up()
    begun = gate.decide(replace(facts, has_model=is_for_model))
    is_of_model = begun.purpose == Purpose.EXTERNAL
    is_early = timezone.now() - exchange.asked_at < PATIENCE
    return Standing(
        begun.is_open,
        facts.has_model and is_of_model and exchange.tries <= taking.MOST_TRIES,
        is_early and begun.reasons == (gate.Reason.NOT_PROVEN,),
    )


def hold(exchange: Exchange) -> None:
    """Nobody ends it before this transaction does; or Stopped."""
    is_mine = taking.mine(exchange).select_for_update().exists()
    if not (is_mine and standing(exchange).may_send):
        raise Stopped


class Sending:
    """Lets a text of one exchange leave while the gate is open, and there is time."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._ends = monotonic() + taking.LONGEST

    def send(self, use: str, text: str) -> float:
        """Keep the receipt, and tell the seconds left; Stopped if it must not leave."""
        left = self._ends - monotonic()
        if left <= 0:
            raise Stopped
        with transaction.atomic():
            hold(self._exchange)
            receipts.keep(self._exchange, use, text)
        taking.let_go_of_database()
        return left

    def count(self, tokens: int) -> None:
        budgets.count_call(self._exchange.student, tokens)
