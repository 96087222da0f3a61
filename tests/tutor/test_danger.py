from pathlib import Path

import pytest

from tutor import danger
from tutor.danger import Kind

LISTS = Path(__file__).parent
# Written by somebody who had not seen the rules.
TOLD = [
    line.split("\t")
    for line in (LISTS / "danger_phrases.txt").read_text("utf-8").splitlines()
]
HARMLESS = (LISTS / "harmless_questions.txt").read_text("utf-8").splitlines()


def test_nearly_every_danger_is_noticed():
    missed = [text for _kind, _person, text in TOLD if danger.noticed(text) is None]

    assert len(TOLD) >= 200
    assert len(missed) <= 0.05 * len(TOLD), missed


def test_hardly_any_harmless_question_is_taken_for_danger():
    taken = [text for text in HARMLESS if danger.noticed(text)]

    assert len(HARMLESS) >= 1000
    assert len(taken) <= 0.005 * len(HARMLESS), taken


def test_a_danger_at_home_is_nearly_always_told_from_others():
    at_home = [danger.noticed(text) for _, person, text in TOLD if person == "home"]
    told = [found for found in at_home if found and found.names_adult_at_home]

    assert len(told) >= 0.95 * len(at_home)


@pytest.mark.parametrize(
    ("text", "kind", "is_at_home"),
    [
        ("I want to kill myself", Kind.SELF_HARM, False),
        ("my stepdad hits me when mum is out", Kind.ABUSE, True),
        ("i w4nt to k1ll mys3lf", Kind.SELF_HARM, False),
        ("i want to d i e", Kind.SELF_HARM, False),
        ("I want to kill my\u200bself", Kind.SELF_HARM, False),
    ],
)
def test_what_is_noticed_says_what_it_is(text, kind, is_at_home):
    found = danger.noticed(text)

    assert (found.kind, found.names_adult_at_home) == (kind, is_at_home)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Who killed the dragon in the story?",
        "this homework is killing me",
        "how do I kill a process in the terminal",
        "What does it mean that a model is attacked?",
    ],
)
def test_scary_words_alone_are_no_danger(text):
    assert danger.noticed(text) is None
