"""What may follow an answer: simpler, an example, a question to try."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from lessons.models import Lesson
from tutor.extract import Extract, answer, is_about
from tutor.lesson_text import Passage
from tutor.models import Exchange
from tutor.retrieval import Ranked, index_of, rank

Kind = Exchange.Kind

# Kinds of sections in which a lesson tells of examples, and in which it sums up.
EXAMPLES = frozenset(["examples", "story"])
SUMMING_UP = frozenset(["takeaway"])
# Against the nearest passage, how near another one must be.
AS_NEAR = 0.6
MOST_EXAMPLES = 2


def offered(exchange: Exchange) -> list[str]:
    """What may be asked on about an answer, as far as its lesson has it."""
    if exchange.state != Exchange.State.ANSWERED:
        return []
    lesson = exchange.lesson
    kinds = {section["kind"] for section in lesson.outline}
    found = {
        Kind.SIMPLER: True,
        Kind.EXAMPLE: bool(kinds & EXAMPLES),
        Kind.QUIZ: lesson.question_count > 0,
    }
    return [kind for kind, is_there in found.items() if is_there]


def extract(exchange: Exchange, passages: Sequence[Passage]) -> Extract:
    """Passages of the lesson that follow up an answer, and nothing else.

    To be quizzed, no passage is shown: those nearest say which question tests them.
    A question that follows none is answered, with what it was asked about in mind.
    """
    if exchange.kind == Kind.QUESTION:
        about = [passage.text for passage in passages if passage.key == exchange.about]
        text = " ".join([exchange.question, *about])
        return answer(text, passages, exchange.lesson.language)
    before = _shown_before(exchange, passages)
    if not before:
        return Extract()
    if exchange.kind == Kind.QUIZ:
        return Extract(nearest=tuple(before))
    words = [exchange.question, *(passage.text for passage in before)]
    language = exchange.lesson.language
    if exchange.kind == Kind.EXAMPLE:
        ranked = rank(" ".join(words), passages, language)
        examples = _in_sections(ranked, exchange.lesson, EXAMPLES)
        new = [one for one in examples if one.passage not in before]
        near = [one for one in new if one.score >= AS_NEAR * new[0].score]
        return _of(near[:MOST_EXAMPLES])
    return _of(_plainest(_answering(exchange, passages), exchange.lesson, before))


def _answering(exchange: Exchange, passages: Sequence[Passage]) -> list[Ranked]:
    """Passages that would answer the question by themselves, the nearest first."""
    language = exchange.lesson.language
    index = index_of(passages, language)
    asked = index.asked(exchange.question)
    ranked = rank(exchange.question, passages, language)
    return [one for one in ranked if is_about(index, asked, one.place)]


def _shown_before(exchange: Exchange, passages: Sequence[Passage]) -> list[Passage]:
    if exchange.follows is None:
        return []
    claims = exchange.follows.claims.values_list("passages", flat=True)
    keys = {key for found in claims for key in found}
    return [passage for passage in passages if passage.key in keys]


def _in_sections(
    ranked: Iterable[Ranked], lesson: Lesson, kinds: Collection[str]
) -> list[Ranked]:
    keys = {section["id"] for section in lesson.outline if section["kind"] in kinds}
    return [one for one in ranked if _section(lesson, one.passage) in keys]


def _section(lesson: Lesson, passage: Passage) -> str:
    section = lesson.section_of(passage.key)
    return section["id"] if section else ""


def _plainest(
    about: Sequence[Ranked], lesson: Lesson, before: Sequence[Passage]
) -> list[Ranked]:
    """One sentence: of those that sum it up, else of the nearest, the shortest."""
    if not about:
        return []
    summed_up = {one.place for one in _in_sections(about, lesson, SUMMING_UP)}
    near = [
        one
        for one in about
        if one.place in summed_up or one.score >= AS_NEAR * about[0].score
    ]

    def hardness(one: Ranked) -> tuple[bool, bool, int]:
        was_all_of_it = [one.passage] == before
        return was_all_of_it, one.place not in summed_up, len(one.passage.text)

    return [min(near, key=hardness)]


def _of(ranked: Sequence[Ranked]) -> Extract:
    if not ranked:
        return Extract()
    in_order = sorted(ranked, key=lambda one: one.place)
    return Extract(tuple(one.passage for one in in_order), best=ranked[0].passage)
