"""A word or a few, typed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from pydantic import Field

from lessons.entries import Entry as _Entry
from lessons.entries import Prose
from quizzes.answers import Answer, Body, Fault, NotAnAnswer, QuestionEntry
from quizzes.spelling import Verdict, folded, judge
from quizzes.typed_text import has_control_signs

TEMPLATE = "quizzes/kinds/short.html"
ON_PAPER = "words"
MOST_CHARACTERS = 200
MOST_IN_A_FILE = 60


class WrongWord(_Entry):
    """A near miss or a misconception, never taken for a misspelt answer."""

    text: Prose
    why: Prose


class Words(_Entry):
    """What may be typed; a question's, or that of one blank."""

    answers: Annotated[list[Prose], Field(min_length=1)]
    wrong: list[WrongWord] = []
    forgiving: bool = True


class Entry(Words, QuestionEntry):
    kind: Literal["short"]


@dataclass(frozen=True)
class Line:
    """Where the answer is typed."""

    value: str
    most_characters: int = MOST_CHARACTERS


def faults(entry: Entry) -> Iterator[Fault]:
    yield from faults_of_words(f"the question {entry.id}", entry)


def faults_of_words(name: str, words: Words) -> Iterator[Fault]:
    """What is wrong in the lists of the question or the blank of this name."""
    listed = [(("answers", n), text) for n, text in enumerate(words.answers)]
    listed += [(("wrong", n), word.text) for n, word in enumerate(words.wrong)]
    seen: dict[str, str] = {}
    for place, text in listed:
        word, (group, _number) = folded(text), place
        if not word:
            yield Fault(place, f"{name} has a word that nobody can see", "write it")
        elif len(text) > MOST_IN_A_FILE:
            what = f"{name} lists {len(text)} characters as a short answer"
            yield Fault(place, what, f"keep it to {MOST_IN_A_FILE}")
        elif word in seen and group != seen[word]:
            what = f"{name} lists {text!r} both as an answer and as wrong"
            yield Fault(place, what, "take it out of one of the lists")
        elif word in seen:
            what = f"{name} lists {text!r} twice"
            todo = "take one out: case, accents, spaces and dashes do not count"
            yield Fault(place, what, todo)
        seen.setdefault(word, group)


def body(entry: Entry, language: str) -> Body:
    return body_of_words(entry)


def body_of_words(words: Words) -> Body:
    return {
        "answers": [_on_one_line(answer) for answer in words.answers],
        "wrong": [
            {"text": _on_one_line(word.text), "why": word.why} for word in words.wrong
        ],
        "forgiving": words.forgiving,
    }


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def ask(body: Body, picked: Answer, draw: random.Random) -> Line:
    return Line(next(filter(None, picked), ""))


def read(body: Body, raw: list[str]) -> Answer:
    texts = [text for text in raw if text.strip()]
    if len(texts) > 1:
        raise NotAnAnswer(_("Write one answer only."))
    return [text for text in [typed(text, MOST_CHARACTERS) for text in texts] if text]


def typed(text: str, most: int) -> str:
    """A typed text as it is kept; empty if there is nothing to see in it."""
    text = _on_one_line(text)
    if len(text) > most:
        raise NotAnAnswer(
            _("That is too long. Write %(most)d characters at most.") % {"most": most}
        )
    if has_control_signs(text):
        raise NotAnAnswer(
            _(
                "There is a control character in your answer. "
                "Type the answer again instead of pasting it."
            )
        )
    return text if folded(text) else ""


def right(body: Body) -> Answer:
    return body["answers"][:1]


def grade(body: Body, answer: Answer) -> Fraction:
    return Fraction(judge("".join(answer), body).is_right)


def readable(body: Body, answer: Answer) -> str:
    return "".join(answer)


def redraw(body: Body, answer: Answer, draw: random.Random) -> Verdict:
    return replace(judge("".join(answer), body), others=others_in(body))


def others_in(words: dict[str, Any]) -> tuple[str, ...]:
    return tuple(words["answers"][1:])


def same(body: Body, answer: Answer) -> Answer:
    return [folded(text) for text in answer]


def extend(body: Body, answer: Answer) -> Body:
    return body | with_answer(body, "".join(answer))


def with_answer(words: dict[str, Any], text: str) -> dict[str, Any]:
    """The words of a question or a blank with one more answer."""
    known = {folded(answer) for answer in words["answers"]}
    more = [] if not text or folded(text) in known else [text]
    return words | {"answers": [*words["answers"], *more]}
