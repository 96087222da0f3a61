import pytest

from tests.tutor import adversary as acts
from tests.tutor.test_asking import answered
from tutor import danger, moderation, probing
from tutor.models import Exchange, Probe, Receipt
from tutor.purposes import Purpose

pytestmark = pytest.mark.django_db


def newest(purpose):
    return Probe.objects.filter(purpose=purpose).first()


def test_without_a_model_only_answers_of_this_server_are_tried():
    probing.run()

    assert [(p.purpose, p.passed) for p in Probe.objects.all()] == [
        (Purpose.EMBEDDED, True)
    ]


def test_an_honest_moderation_passes(adversary):
    probing.run()

    assert newest(Purpose.EXTERNAL).passed
    texts = probing._texts()
    tried = [*texts["moderation-flagged"], *texts["moderation-fine"]]
    assert [received.json["input"] for received in adversary.received] == tried
    assert not Receipt.objects.exists()


def test_one_that_fears_for_somebody_has_flagged_it(adversary):
    def fears(talk):
        is_risky = any(word in talk.asked.json["input"] for word in acts.RISKY)
        acts.moderates(is_risky, {"self-harm": is_risky})(talk)

    adversary.moderation = fears

    probing.run()

    assert newest(Purpose.EXTERNAL).passed


@pytest.mark.parametrize(
    "act",
    [
        acts.moderates(False),
        acts.moderates(True),
        acts.status(401),
        acts.status(429),
        acts.hangs_up,
        acts.nonsense(b'{"results": "fine"}'),
    ],
)
def test_any_other_closes_what_would_be_sent_and_nothing_else(
    trusting, lesson, adversary, act
):
    adversary.moderation = act

    probing.run()

    assert not newest(Purpose.EXTERNAL).passed
    assert newest(Purpose.EMBEDDED).passed
    adversary.reset()
    assert answered(trusting, lesson).source == Exchange.Source.EXTRACT
    assert adversary.received == []


def test_one_that_is_silent_closes_it_without_long_waiting(adversary, monkeypatch):
    monkeypatch.setattr(moderation, "LONGEST", 0.2)
    adversary.moderation = acts.silence

    probing.run()

    assert not newest(Purpose.EXTERNAL).passed
    assert len(adversary.received) == 1


def test_what_went_wrong_is_told_by_number(adversary):
    adversary.moderation = acts.moderates(False)

    probing.run()

    assert newest(Purpose.EXTERNAL).failures == [
        f"moderation found flagged text {number} to be fine" for number in range(1, 5)
    ]


def test_our_own_rules_must_work_for_a_model_too(adversary, monkeypatch):
    monkeypatch.setattr(danger, "noticed", lambda text: None)

    probing.run()

    assert not newest(Purpose.EXTERNAL).passed
    assert not newest(Purpose.EMBEDDED).passed


def test_no_rule_of_ours_decides_on_the_texts_for_the_moderation():
    texts = probing._texts()

    for text in (*texts["moderation-flagged"], *texts["moderation-fine"]):
        assert danger.noticed(text) is None
