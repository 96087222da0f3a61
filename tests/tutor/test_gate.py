from dataclasses import fields, replace
from itertools import product

import pytest

from tutor.gate import Facts, Gate, Reason, decide
from tutor.purposes import Purpose

BOTH = frozenset(Purpose.values)
OPEN = Facts(
    is_signed_in=True,
    consents=BOTH,
    proven=BOTH,
    has_model=True,
    has_contact=True,
    has_language=True,
    has_budget=True,
)
SETS = [frozenset(), *(frozenset([purpose]) for purpose in Purpose.values), BOTH]
SWITCHES = [f.name for f in fields(Facts) if f.name not in ("consents", "proven")]
EVERYTHING = product(SETS, SETS, product([False, True], repeat=len(SWITCHES)))


def test_every_combination_is_open_only_if_all_of_it_holds():
    for consents, proven, values in EVERYTHING:
        facts = Facts(
            consents=consents, proven=proven, **dict(zip(SWITCHES, values, strict=True))
        )
        usable = consents & proven
        if not facts.has_model:
            usable -= {Purpose.EXTERNAL}
        must_be_open = bool(usable) and all(
            getattr(facts, name) == getattr(OPEN, name)
            for name in SWITCHES
            if name != "has_model"
        )

        gate = decide(facts)

        assert gate.is_open == must_be_open, facts
        assert bool(gate.reasons) != gate.is_open, facts
        assert gate.purpose in usable if gate.is_open else gate.purpose == "", facts


def test_facts_of_which_nothing_is_known_close_it():
    assert decide(Facts()) == Gate(False, reasons=(Reason.SIGNED_OUT,))


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"consents": frozenset()}, Reason.NO_CONSENT),
        ({"proven": frozenset()}, Reason.NOT_PROVEN),
        ({"has_contact": False}, Reason.NO_CONTACT),
        ({"is_paused_by_site": True}, Reason.PAUSED_BY_SITE),
        ({"is_paused_by_class": True}, Reason.PAUSED_BY_CLASS),
        ({"is_paused_by_family": True}, Reason.PAUSED_BY_FAMILY),
        ({"is_in_quiet_hours": True}, Reason.QUIET_HOURS),
        ({"is_in_assignment": True}, Reason.ASSIGNMENT),
        ({"has_language": False}, Reason.LANGUAGE),
        ({"has_budget": False}, Reason.ENOUGH_TODAY),
    ],
)
def test_what_is_missing_is_the_reason(changed, reason):
    assert decide(replace(OPEN, **changed)) == Gate(False, reasons=(reason,))


def test_all_that_is_missing_is_named():
    facts = replace(OPEN, consents=frozenset(), is_paused_by_family=True)

    assert decide(facts).reasons == (Reason.NO_CONSENT, Reason.PAUSED_BY_FAMILY)


@pytest.mark.parametrize(
    ("changed", "purpose"),
    [
        ({}, Purpose.EXTERNAL),
        ({"has_model": False}, Purpose.EMBEDDED),
        ({"consents": frozenset([Purpose.EMBEDDED])}, Purpose.EMBEDDED),
        ({"proven": frozenset([Purpose.EMBEDDED])}, Purpose.EMBEDDED),
    ],
)
def test_the_outside_model_answers_only_where_all_of_it_holds(changed, purpose):
    assert decide(replace(OPEN, **changed)) == Gate(True, purpose)


def test_an_allowed_model_that_is_not_there_opens_nothing():
    facts = replace(OPEN, consents=frozenset([Purpose.EXTERNAL]), has_model=False)

    assert decide(facts).reasons == (Reason.NO_CONSENT,)
