"""Whether this student may ask the tutor about this lesson now, and if not, why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tutor.purposes import Purpose


class Reason(StrEnum):
    """Why it is closed; the panel has calm words for each."""

    SIGNED_OUT = "signed-out"
    NO_CONSENT = "no-consent"
    NOT_PROVEN = "not-proven"
    NO_CONTACT = "no-contact"
    PAUSED_BY_SITE = "paused-by-site"
    PAUSED_BY_CLASS = "paused-by-class"
    PAUSED_BY_FAMILY = "paused-by-family"
    QUIET_HOURS = "quiet-hours"
    ASSIGNMENT = "assignment"
    LANGUAGE = "language"
    ENOUGH_TODAY = "enough-today"


@dataclass(frozen=True)
class Facts:
    """All that the decision rests on, and nothing that names anybody.

    What nobody has said stands here as it closes the gate.
    """

    is_signed_in: bool = False
    # Purposes to which somebody's consent is in force.
    consents: frozenset[str] = frozenset()
    # Purposes whose self-test has passed, and not too long ago.
    proven: frozenset[str] = frozenset()
    # A model is configured, and within its budget.
    has_model: bool = False
    # Somebody is named to whom danger is told.
    has_contact: bool = False
    has_language: bool = False
    has_budget: bool = False
    is_paused_by_site: bool = False
    is_paused_by_class: bool = False
    is_paused_by_family: bool = False
    is_in_quiet_hours: bool = False
    # One that the tutor has to keep out of is being taken, or could be.
    is_in_assignment: bool = False


@dataclass(frozen=True)
class Gate:
    is_open: bool
    # With which answers are made; empty when closed.
    purpose: str = ""
    reasons: tuple[Reason, ...] = ()


def decide(facts: Facts) -> Gate:
    """Open only if everything holds; every doubt is a closed gate.

    The outside model is taken where it is allowed, shown to be safe and there; else
    the answers made on this server, if these are allowed.
    """
    if not facts.is_signed_in:
        return Gate(False, reasons=(Reason.SIGNED_OUT,))
    allowed = [purpose for purpose in _wanted(facts) if purpose in facts.consents]
    proven = [purpose for purpose in allowed if purpose in facts.proven]
    closed = {
        Reason.NO_CONSENT: not allowed,
        Reason.NOT_PROVEN: bool(allowed) and not proven,
        Reason.NO_CONTACT: not facts.has_contact,
        Reason.PAUSED_BY_SITE: facts.is_paused_by_site,
        Reason.PAUSED_BY_CLASS: facts.is_paused_by_class,
        Reason.PAUSED_BY_FAMILY: facts.is_paused_by_family,
        Reason.QUIET_HOURS: facts.is_in_quiet_hours,
        Reason.ASSIGNMENT: facts.is_in_assignment,
        Reason.LANGUAGE: not facts.has_language,
        Reason.ENOUGH_TODAY: not facts.has_budget,
    }
    reasons = tuple(reason for reason, is_so in closed.items() if is_so)
    return Gate(False, reasons=reasons) if reasons else Gate(True, proven[0])


def _wanted(facts: Facts) -> list[str]:
    if facts.has_model:
        return [Purpose.EXTERNAL, Purpose.EMBEDDED]
    return [Purpose.EMBEDDED]
