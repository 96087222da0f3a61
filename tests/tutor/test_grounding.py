import pytest

from tutor.grounding import Reason, check
from tutor.lesson_text import Passage

LESSON = [
    Passage("p-1", "Bread rises because yeast makes gas.", "Why it rises"),
    Passage("p-2", "Anna bakes 12 loaves before Ben opens the shop.", "The shop"),
    Passage("p-3", "The oven is not hot at night.", "The shop"),
]
BREAD, SHOP, OVEN = [passage.text for passage in LESSON]


def judged(sentence, quote, question="What happens in the bakery?"):
    return check(sentence, quote, LESSON, question)


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        (BREAD, BREAD),
        ("Yeast makes gas.", BREAD),
        ("The lesson says that bread rises because yeast makes gas.", BREAD),
        ("Anna bakes twelve loaves.", SHOP),
        ("The oven isn't hot at night.", OVEN),
    ],
)
def test_what_the_quote_says_is_accepted(sentence, quote):
    assert judged(sentence, quote).ok


@pytest.mark.parametrize(
    ("sentence", "quote", "reason"),
    [
        (BREAD, "Bread rises because salt makes gas.", Reason.QUOTE),
        (BREAD, "Bread rises because yeast makes g\u0430s.", Reason.QUOTE),
        (BREAD, "yeast makes", Reason.QUOTE),
        ("Bread rises because y\u0435ast makes gas.", BREAD, Reason.DISGUISE),
        ("<b>Yeast</b> makes gas.", BREAD, Reason.DISGUISE),
        ("Anna bakes 13 loaves.", SHOP, Reason.NUMBER),
        ("Carla bakes 12 loaves.", SHOP, Reason.WORD),
        ("Ben bakes 12 loaves before Anna opens the shop.", SHOP, Reason.NAME),
        ("The oven is hot at night.", OVEN, Reason.NEGATION),
        ("Anna bakes 12 loaves after Ben opens the shop.", SHOP, Reason.LIMIT),
        ("Bread falls because yeast makes gas.", BREAD, Reason.OPPOSITE),
        ("Bread rises because yeast makes sugar.", BREAD, Reason.WORD),
    ],
)
def test_what_the_quote_does_not_say_is_withheld(sentence, quote, reason):
    verdict = judged(sentence, quote)

    assert (verdict.ok, verdict.reason) == (False, reason)


def test_a_cut_quote_is_widened_to_its_sentence():
    verdict = judged("The oven is hot at night.", "hot at night")

    assert not verdict.ok


def test_a_quote_may_hold_though_the_sentence_fails():
    verdict = judged(
        "Bread rises because yeast makes sugar.", BREAD, "Why does bread rise?"
    )

    assert (verdict.quote, verdict.passages) == (BREAD, (LESSON[0],))
    assert verdict.is_relevant


def test_a_false_premise_of_the_question_lets_nothing_in():
    question = "Why does Anna bake 40 loaves?"

    assert not judged("Anna bakes 40 loaves.", SHOP, question).ok
