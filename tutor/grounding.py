"""Whether a lesson says what a claim says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tutor import names, numbers
from tutor.disguises import is_disguised
from tutor.evidence import Evidence
from tutor.framing import Answer
from tutor.lesson_text import Passage
from tutor.negation import denies_the_same, negations
from tutor.new_words import new_words
from tutor.opposites import turns, widens
from tutor.quotes import LEAST_WORDS, find
from tutor.wording import stems_of

MOST_CHARACTERS = 500
# A quote with this share of the question's stems says something to it.
LEAST_SHARED = 1 / 3


class Reason(StrEnum):
    """The first rule that a claim breaks, if it breaks one."""

    GROUNDED = "grounded"
    QUOTE = "the lesson does not have the quote"
    LENGTH = "the sentence is too long"
    DISGUISE = "the sentence has letters or marks that no claim may hold"
    EMPTY = "the sentence says nothing that the quote says"
    NUMBER = "a number is not in the quote"
    NAME = "a name is not in the quote"
    ANSWER = "the quote does not answer yes or no"
    LIMIT = "the quote does not say it of so many"
    NEGATION = "the quote does not deny the same"
    OPPOSITE = "a word is the opposite of one in the quote"
    PLACE = "a word stands in the place of another one"
    WORD = "a word is not in the quote"


@dataclass(frozen=True)
class Verdict:
    ok: bool
    reason: Reason
    # In whole sentences as the lesson has them; empty if it does not have the quote.
    quote: str = ""
    passages: tuple[Passage, ...] = ()
    # Whether the quote says something to the question, so that it may be shown alone.
    is_relevant: bool = False


def check(
    sentence: str,
    quote: str,
    passages: Sequence[Passage],
    question: str,
    language: str = "en",
) -> Verdict:
    """Whether a lesson has the quote, and the quote says what the sentence says.

    Where the lesson has the quote more than once, it is enough that one place holds.
    """
    verdicts = [
        _judge(Evidence(sentence, found, tuple(passages), question, language))
        for found in find(quote, passages)
    ]
    held = [verdict for verdict in verdicts if verdict.ok]
    return next(iter(held or verdicts), Verdict(False, Reason.QUOTE))


def _judge(evidence: Evidence) -> Verdict:
    broken = (reason for reason, breaks in RULES.items() if breaks(evidence))
    reason = next(broken, Reason.GROUNDED)
    return Verdict(
        reason is Reason.GROUNDED,
        reason,
        evidence.quote,
        evidence.found.passages,
        _is_relevant(evidence),
    )


def _is_relevant(evidence: Evidence) -> bool:
    asked = evidence.asked
    shared = asked & stems_of(evidence.texts.quote)
    return len(shared) >= max(1, LEAST_SHARED * len(asked))


def _is_long(evidence: Evidence) -> bool:
    return len(evidence.sentence) > MOST_CHARACTERS


def _is_disguised(evidence: Evidence) -> bool:
    lesson = "".join(passage.text for passage in evidence.lesson)
    return is_disguised(evidence.sentence, lesson)


def _says_nothing(evidence: Evidence) -> bool:
    """Unless it repeats the quote, which may say little with small words alone."""
    claim, quote = evidence.texts.claim, evidence.texts.quote
    said, source = ([word.plain for word in words] for words in (claim, quote))
    if len(claim) >= LEAST_WORDS and f" {' '.join(said)} " in f" {' '.join(source)} ":
        return False
    return not stems_of([word for word in claim if word.is_content]) & stems_of(quote)


def _has_other_numbers(evidence: Evidence) -> bool:
    return not numbers.come_from(evidence.claim, evidence.quote, evidence.language)


def _has_other_names(evidence: Evidence) -> bool:
    texts = evidence.texts
    return not names.come_from(texts.claim, texts.quote, evidence.known_names)


def _answers_wrongly(evidence: Evidence) -> bool:
    """ "Yes" and "no" need a quote that has all that a plain question asks."""
    answer, asked = evidence.framed.answer, evidence.question_words
    if answer is Answer.NONE:
        return False
    quote, language = evidence.texts.quote, evidence.language
    is_open = not evidence.asked or not evidence.asked <= stems_of(quote)
    is_no = bool(negations(evidence.texts.claim, language))
    return (
        is_open
        or is_no != (answer is Answer.NO)
        or bool(negations(asked, language))
        or widens(asked, quote, language)
    )


RULES: dict[Reason, Callable[[Evidence], bool]] = {
    Reason.LENGTH: _is_long,
    Reason.DISGUISE: _is_disguised,
    Reason.EMPTY: _says_nothing,
    Reason.NUMBER: _has_other_numbers,
    Reason.NAME: _has_other_names,
    Reason.ANSWER: _answers_wrongly,
    Reason.LIMIT: lambda e: widens(e.texts.claim, e.texts.quote, e.language),
    Reason.NEGATION: lambda e: not denies_the_same(e.texts, e.language),
    Reason.OPPOSITE: lambda e: turns(e.texts, e.language),
    Reason.PLACE: lambda e: e.texts.has_moved_word(),
    Reason.WORD: lambda e: bool(new_words(e.texts, e.around, e.language)),
}
