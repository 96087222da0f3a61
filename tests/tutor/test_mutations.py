import pytest

from tests.tutor.mutations import FAITHFUL_KINDS, TURNED_KINDS, accepted, cases

# Of each kind; `python -m tests.tutor.mutations` takes all there are.
MOST = 120
# What rules cannot see: a pronoun that the question and the claim turn alike.
UNSEEN = "false premise: pronoun swapped"


@pytest.mark.parametrize("kind", FAITHFUL_KINDS)
def test_what_a_lesson_says_is_accepted(kind):
    made = cases(kind, MOST)

    assert accepted(made) >= 0.9 * len(made)


@pytest.mark.parametrize("kind", [kind for kind in TURNED_KINDS if kind != UNSEEN])
def test_what_a_lesson_does_not_say_is_withheld(kind):
    made = cases(kind, MOST)

    assert len(made) >= 25
    assert accepted(made) <= max(1, 0.02 * len(made))
