"""What an answer is, and what every kind of question says about it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any, Protocol

from pydantic import Field

from lessons.entries import Entry, Prose, Slug
from lessons.passages import short_hash

# What a student gave, in the form in which it is kept on every device: keys of
# choices, or texts; what stands at which place is the kind's own affair.
Answer = list[str]
# What a question asks beside its stem, and what is right; JSON.
Body = dict[str, Any]


class NotAnAnswer(Exception):
    """It has not the shape of an answer. Its argument tells the student what to do."""


class QuestionEntry(Entry):
    """What each question in a quiz file has, whatever its kind."""

    id: Annotated[Slug, Field(max_length=30)]
    kind: str
    in_lesson: bool = False
    stem: Prose
    see: Prose
    hint: Prose | None = None
    explanation: Prose


@dataclass(frozen=True)
class Fault:
    """Something wrong in an entry, at a place inside it."""

    place: tuple[int | str, ...]
    what: str
    todo: str


def keys_of(texts: Sequence[str]) -> list[str]:
    """Hex digits of each text, as few as tell them apart; six at least."""
    for length in (6, 8, 10):
        keys = [short_hash(text, length) for text in texts]
        if len(set(keys)) == len(keys):
            return keys
    return [short_hash(text, 12) for text in texts]


class Kind(Protocol):
    """A module of ``quizzes.kinds``; all its functions are pure.

    ``draw`` orders what is shuffled: the same state gives the same order.
    """

    # With the partials `ask`, `mark`, `paper` and `key`.
    TEMPLATE: str
    # How an answer is typed in from paper: a name in quizzes.paper_typing.
    ON_PAPER: str
    Entry: type[QuestionEntry]

    def faults(self, entry: Any) -> Iterator[Fault]:
        """What is wrong in an entry beyond its shape."""

    def body(self, entry: Any, language: str) -> Body:
        """What is kept of an entry."""

    def ask(self, body: Body, picked: Answer, draw: random.Random) -> Any:
        """What the form shows; nothing that a right answer can be told from.

        ``picked`` is what `read` once gave, or what it refused.
        """

    def read(self, body: Body, raw: list[str]) -> Answer:
        """The answer that a form sent; empty if nothing was. Raises NotAnAnswer.

        An answer is read as itself.
        """

    def right(self, body: Body) -> Answer:
        """An answer that earns all the points."""

    def grade(self, body: Body, answer: Answer) -> Fraction:
        """The share of the points, from 0 to 1, that an answer earns."""

    def readable(self, body: Body, answer: Answer) -> str:
        """The answer in words."""

    def redraw(self, body: Body, answer: Answer, draw: random.Random) -> Any:
        """What a marked answer shows: what was given, what is right, and why."""

    def same(self, body: Body, answer: Answer) -> Answer:
        """One form for all answers that mean the same."""

    def extend(self, body: Body, answer: Answer) -> Body:
        """The body with this answer counted as right, too."""
