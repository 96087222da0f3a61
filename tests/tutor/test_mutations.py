import pytest

from tests.tutor.mutations import (
    FAITHFUL_KINDS,
    TURNED_KINDS,
    UNSEEN_KINDS,
    accepted,
    cases,
)

# Of each kind so many, or all there are; mutations.py itself goes over all of them.
MOST = 50


@pytest.mark.parametrize("kind", FAITHFUL_KINDS)
def test_faithful_sentences_are_accepted(kind):
    made = cases(kind, MOST)

    assert len(made) == MOST
    assert accepted(made) >= 0.9 * len(made)


@pytest.mark.parametrize("kind", TURNED_KINDS)
def test_sentences_turned_false_are_withheld(kind):
    made = cases(kind, MOST)

    assert len(made) >= 25
    assert accepted(made) <= 0.02 * MOST


@pytest.mark.parametrize("kind", UNSEEN_KINDS)
def test_most_of_what_rules_hardly_see_is_withheld(kind):
    made = cases(kind, MOST)

    assert len(made) == MOST
    assert accepted(made) <= 0.3 * MOST
