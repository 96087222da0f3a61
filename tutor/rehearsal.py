"""Likely questions about a lesson, with what a student would be answered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice, zip_longest

from django.utils.translation import gettext as _

from lessons.models import Lesson
from quizzes.models import Question
from tutor import extract
from tutor.extract import Extract
from tutor.lesson_text import Passage, passages_of

MOST = 20
# Sections whose headings are alike in all lessons.
SAYING_LITTLE = frozenset(["idea", "check", "takeaway"])
BECAUSE = re.compile(r"^(?P<what>[^,;:]+?) because ")


@dataclass(frozen=True)
class Rehearsed:
    question: str
    # The section it is pointed to while a question of the quiz like it is open.
    section: str
    found: Extract

    @property
    def places(self) -> list[tuple[str, list[Passage]]]:
        shown = self.found.passages or self.found.nearest
        grouped = groupby(shown, key=lambda passage: passage.heading)
        return [(heading, list(passages)) for heading, passages in grouped]


def of(lesson: Lesson) -> list[Rehearsed]:
    """As for a student who has answered none of the lesson's questions yet.

    By the very rules of answering without a model, in which only stems of the quiz
    are read, never a key.
    """
    passages = passages_of(lesson)
    open_questions = [
        (question.stem, question.passages)
        for question in Question.objects.current().filter(quiz__lesson=lesson)
    ]
    language = lesson.language
    return [
        Rehearsed(
            text,
            extract.pointer(text, open_questions, passages, language),
            extract.answer(text, passages, language),
        )
        for text in likely_questions(lesson, passages)
    ]


def likely_questions(lesson: Lesson, passages: Sequence[Passage]) -> list[str]:
    """Made by rule: of terms, headings and sentences, and what it may not say."""
    kinds = [_of_terms(lesson), _of_headings(lesson), _of_sentences(passages)]
    in_turn = filter(None, chain.from_iterable(zip_longest(*kinds)))
    beside = list(_beside(lesson))
    inside = islice(dict.fromkeys(in_turn), MOST - len(beside))
    return [*inside, *beside]


def _of_terms(lesson: Lesson) -> Iterator[str]:
    for term in lesson.key_terms:
        yield _("What does “%s” mean?") % term["name"]


def _of_headings(lesson: Lesson) -> Iterator[str]:
    for section in lesson.outline:
        if section["kind"] in SAYING_LITTLE:
            continue
        title = section["title"]
        is_asking = title.endswith("?")
        yield title if is_asking else _("What is “%s” about?") % title


def _of_sentences(passages: Sequence[Passage]) -> Iterator[str]:
    """Those that give a reason first; the others are asked for whether it is so."""
    reasons = [(passage, BECAUSE.match(passage.text)) for passage in passages]
    for passage, match in sorted(reasons, key=lambda pair: pair[1] is None):
        if match:
            yield _("Why is it that %s?") % _within(match["what"])
        elif passage.text.endswith("."):
            yield _("Is it true that %s?") % _within(passage.text[:-1])


def _within(sentence: str) -> str:
    """As it stands in the middle of a sentence; "AI" and "I" stay as they are."""
    first = sentence.split()[0]
    is_name = first == "I" or first[1:] != first[1:].lower()
    return sentence if is_name else sentence[0].lower() + sentence[1:]


def _beside(lesson: Lesson) -> Iterator[str]:
    """What children ask, too, and a lesson seldom says."""
    for term in lesson.key_terms[:1]:
        yield _("Who invented “%s”?") % term["name"]
    yield _("Who won the football match?")
