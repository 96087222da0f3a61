"""What is left of a claim once the lesson and the moderation have been asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tutor import grounding, moderation, quotes, verifying
from tutor.lesson_text import Passage
from tutor.llm import Draft
from tutor.models import Exchange
from tutor.receipts import Outside

# What is asked for is said in words of its own, not in those of the question.
IN_OTHER_WORDS = frozenset([Exchange.Kind.SIMPLER, Exchange.Kind.EXAMPLE])


@dataclass(frozen=True)
class Asked:
    """All that an answer depends on."""

    question: str
    passages: Sequence[Passage]
    language: str = "en"
    kind: str = Exchange.Kind.QUESTION
    # Keys of the passages that it is about, whatever its words.
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class Proven:
    """A sentence that may be shown, and the keys of the passages it rests on."""

    sentence: str
    quote: str
    passages: tuple[str, ...]
    is_quotation: bool = False


def quotation(passage: Passage) -> Proven:
    return Proven(passage.text, passage.text, (passage.key,), True)


def proven(draft: Draft, asked: Asked, outside: Outside) -> Proven | None:
    """The sentence if the quote says it; else the quote. Both answer what was asked."""
    sentence = " ".join(draft.sentence.split())
    verdict = _check(sentence, draft.quote, asked)
    is_relevant = verdict.is_relevant or _is_about(verdict.passages, asked)
    if not is_relevant and not (verdict.ok and asked.kind in IN_OTHER_WORDS):
        return None
    is_quotation = (
        not verdict.ok
        or sentence == verdict.quote
        or not verifying.holds(sentence, verdict.quote, outside)
    )
    if is_quotation:
        if not is_relevant:
            return None
        sentence = verdict.quote
    if moderation.word_on(sentence, outside) is not moderation.Word.FINE:
        return None
    keys = tuple(passage.key for passage in verdict.passages)
    return Proven(sentence, verdict.quote, keys, is_quotation)


def holds_still(claim: Proven, asked: Asked) -> bool:
    """Whether a claim that was proven once is still, for this lesson and question."""
    keys = [passage.key for passage in asked.passages]
    if not set(claim.passages) <= set(keys):
        return False
    if claim.is_quotation:
        found = quotes.find(claim.quote, asked.passages)
        return claim.sentence in [each.text for each in found]
    return _check(claim.sentence, claim.quote, asked).ok


def _is_about(passages: Sequence[Passage], asked: Asked) -> bool:
    return any(passage.key in asked.about for passage in passages)


def _check(sentence: str, quote: str, asked: Asked) -> grounding.Verdict:
    return grounding.check(
        sentence, quote, asked.passages, asked.question, asked.language
    )
