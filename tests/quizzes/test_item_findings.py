from dataclasses import replace

import pytest

from quizzes.item_analysis import Choice, Item
from quizzes.item_findings import finding
from quizzes.item_statistics import Estimate

PLAIN = Item(
    question=1,
    key="q1",
    stem="What lifts a kite?",
    asked=30,
    missed=12,
    blank=0,
    facility=Estimate(0.6, 0.42, 0.75),
    discrimination=Estimate(0.25, -0.1, 0.6),
    efficiency=Estimate(0.3, 0.0, 0.7),
    weight=Estimate(0.2, 0.1, 0.3),
    choices=[],
)
KEY = Choice("The air", True, 15, 0.5, Estimate(-0.3, -0.5, -0.1))
WRONG = Choice("The string", False, 12, 0.4, Estimate(0.4, 0.1, 0.6))
OTHER = Choice("The tail", False, 3, 0.1, Estimate(-0.1, -0.4, 0.2))


def item(**values):
    return replace(PLAIN, **values)


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (item(asked=19), "Too few to tell: 19 attempts"),
        (item(asked=1), "Too few to tell: 1 attempt,"),
        (
            item(choices=[KEY, WRONG, OTHER]),
            "Strong readers picked “The string” more often than your key “The air”",
        ),
        (item(choices=[WRONG]), "Strong readers gave “The string”: check the key."),
        (
            item(discrimination=Estimate(-0.5, -0.7, -0.2)),
            "Those who did well on the rest got this wrong more often",
        ),
        (item(facility=Estimate(0.96, 0.8, 1.0)), "Nearly everyone got it"),
        (
            item(choices=[replace(WRONG, with_rest=None, picked=8), OTHER]),
            "Most who missed it picked “The string”",
        ),
        (item(facility=Estimate(0.2, 0.1, 0.4)), "Hardly anyone got it"),
        (item(discrimination=Estimate(0.0, -0.15, 0.15)), "did hardly better here"),
        (item(discrimination=Estimate(0.4, 0.1, 0.7)), "It tells well"),
        (PLAIN, "Nothing stands out."),
    ],
)
def test_one_sentence_says_what_to_make_of_it(found, says):
    assert says in finding(found)


def test_a_wrong_choice_that_may_be_chance_does_not_accuse_the_key():
    unsure = replace(WRONG, with_rest=Estimate(0.2, -0.1, 0.5))

    assert "check the key" not in finding(item(choices=[KEY, unsure]))


def test_the_only_wrong_choice_is_no_mix_up_worth_naming():
    only = replace(WRONG, with_rest=None)

    assert finding(item(choices=[KEY, only])) == "Nothing stands out."


def test_long_answers_are_cut_short():
    long = replace(WRONG, text="The string " * 20)

    assert len(finding(item(choices=[KEY, long, OTHER]))) < 200
