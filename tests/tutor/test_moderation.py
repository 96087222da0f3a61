import pytest

from tests.tutor import adversary as acts
from tutor import llm, moderation, prompts
from tutor.moderation import Word

FINE = "Why does bread rise?"


class Sent:
    def __init__(self):
        self.texts = []

    def send(self, use, text):
        self.texts.append((use, text))
        return moderation.LONGEST


def word_on(text, outside=None):
    return moderation.word_on(text, outside or Sent())


def test_it_is_asked_about_the_text_and_nothing_else(adversary, settings):
    outside = Sent()

    assert word_on(FINE, outside) is Word.FINE

    [received] = adversary.received
    assert received.json == {
        "model": settings.TENDRIL_MODERATION_MODEL,
        "input": FINE,
    }
    assert outside.texts == [("moderation", FINE)]


def test_what_it_flags_is_flagged(adversary):
    assert word_on("Are fat kids funny?") is Word.FLAGGED


def test_danger_is_not_even_sent(adversary):
    assert word_on("I want to kill myself") is Word.DANGER
    assert adversary.received == []


@pytest.mark.parametrize("flagged", [True, False])
@pytest.mark.parametrize(
    ("category", "word"),
    [
        ("self-harm", Word.DANGER),
        ("self-harm/intent", Word.DANGER),
        ("sexual/minors", Word.DANGER),
        ("sexual", Word.FLAGGED),
        ("violence", Word.FLAGGED),
    ],
)
def test_somebody_may_need_help_by_what_it_is_flagged_for(
    adversary, flagged, category, word
):
    adversary.moderation = acts.moderates(flagged, {"hate": False, category: True})

    assert word_on(FINE) is word


def body(**result):
    whole = {"flagged": False, "categories": {"violence": False}} | result
    return acts.json.dumps({"results": [whole]}).encode()


@pytest.mark.parametrize(
    "act",
    [
        acts.status(429),
        acts.status(500),
        acts.hangs_up,
        acts.floods,
        acts.nonsense(b""),
        acts.nonsense(b"{}"),
        acts.nonsense(b"[]"),
        acts.nonsense(b'{"results": []}'),
        acts.nonsense(body(flagged="no")),
        acts.nonsense(body(flagged=0)),
        acts.nonsense(body(categories={})),
        acts.nonsense(body(categories={"violence": 0.1})),
        acts.nonsense(acts.json.dumps({"results": [1, 2]}).encode()),
    ],
)
def test_whatever_makes_no_sense_is_in_doubt(adversary, act):
    adversary.moderation = act

    assert word_on(FINE) is Word.UNSURE


def test_one_that_contradicts_itself_has_flagged_it(adversary):
    adversary.moderation = acts.moderates(False, {"violence": True})

    assert word_on(FINE) is Word.FLAGGED


def test_one_that_comes_too_late_is_in_doubt(adversary, monkeypatch):
    monkeypatch.setattr(moderation, "LONGEST", 0.2)

    for act in (acts.silence, acts.drips):
        adversary.moderation = act
        assert word_on(FINE) is Word.UNSURE


def test_it_may_have_an_address_of_its_own(adversary, settings):
    settings.TENDRIL_LLM_BASE_URL = "http://127.0.0.1:9/v1"

    assert word_on(FINE) is Word.FINE
    with pytest.raises(llm.TryAgain):
        next(llm.pieces(prompts.verifying("a", "b"), "model", llm.Usage()))
