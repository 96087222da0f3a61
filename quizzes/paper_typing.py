"""Answers as a teacher types them in from paper, and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from quizzes.answers import Answer, NotAnAnswer
from quizzes.kinds.gaps import Blank
from quizzes.kinds.match import Left
from quizzes.kinds.order import Row
from quizzes.kinds.short import Line
from quizzes.kinds.single import Choice
from quizzes.marking import draw_of, kind_of, read
from quizzes.models import Question

BETWEEN = re.compile(r"[\s,;.+&/]+")
PAIR = re.compile(r"([0-9]{1,2})[-=:→]*([a-z])")
# Stands for a line that was left open.
OPEN = "-"


@dataclass(frozen=True)
class Way:
    """How the answers of some kinds are written on a sheet.

    `read` and `show` are given what the kind's `ask` gave; `read` tells what the
    kind's own `read` understands, and `show` is the other way round.
    """

    name: str
    example: str | Promise
    help: str | Promise
    read: Callable[[Any, str], list[str]]
    show: Callable[[Any], str]


def way_of(question: Question) -> Way:
    return WAYS[kind_of(question).ON_PAPER]


def read_typed(question: Question, text: str, seed: int) -> Answer:
    """The answer on a sheet with this seed. Raises NotAnAnswer."""
    if not text.strip():
        return []
    return read(question, way_of(question).read(_asked(question, [], seed), text))


def typed(question: Question, answer: Answer, seed: int) -> str:
    """What one types to give this answer."""
    if not answer:
        return ""
    return way_of(question).show(_asked(question, answer, seed))


def _asked(question: Question, picked: Answer, seed: int) -> Any:
    draw = draw_of(seed, question)
    return kind_of(question).ask(question.body, picked, draw)


def _read_letters(choices: Sequence[Choice], text: str) -> list[str]:
    keys = {choice.letter.casefold(): choice.key for choice in choices}
    letters = BETWEEN.sub("", text.casefold())
    return [_known(letter, keys) for letter in letters]


def _known(letter: str, values: dict[str, str]) -> str:
    if letter not in values:
        parts = {"letter": letter.upper(), "last": list(values)[-1].upper()}
        raise NotAnAnswer(
            _(
                "There is no %(letter)s in this question: type letters from A to %(last)s."
            )
            % parts
        )
    return values[letter]


def _show_letters(choices: Sequence[Choice]) -> str:
    return " ".join(choice.letter for choice in choices if choice.is_picked)


def _read_words(line: Line, text: str) -> list[str]:
    return [text]


def _show_words(line: Line) -> str:
    return line.value


def _read_places(rows: Sequence[Row], text: str) -> list[str]:
    places = BETWEEN.sub("", text)
    is_number = places.isascii() and places.isdigit()
    if not is_number or len(places) != len(rows):
        raise NotAnAnswer(
            _("Type %(count)d numbers, one for each box from top to bottom.")
            % {"count": len(rows)}
        )
    # The kind says what is wrong with one that stands at no place.
    return [f"{row.key}:{place}" for row, place in zip(rows, places, strict=True)]


def _show_places(rows: Sequence[Row]) -> str:
    return " ".join(str(row.place) for row in rows)


def _read_pairs(lefts: Sequence[Left], text: str) -> list[str]:
    text = text.casefold()
    compact = BETWEEN.sub("", text)
    pairs = PAIR.findall(compact)
    if "".join(compact.translate(_NO_SIGNS)) == "".join(map("".join, pairs)):
        named = [(int(number), letter) for number, letter in pairs]
    else:
        named = list(enumerate(compact, 1))
    return [_pair(lefts, number, letter) for number, letter in named if letter != OPEN]


_NO_SIGNS = str.maketrans("", "", "-=:→")


def _pair(lefts: Sequence[Left], number: int, letter: str) -> str:
    if not 1 <= number <= len(lefts) or not letter.isalpha():
        raise NotAnAnswer(
            _("Type a number from 1 to %(last)d and its letter for each line: 1C 2A.")
            % {"last": len(lefts)}
        )
    rights = lefts[number - 1].rights
    return _known(letter, {right.letter.casefold(): right.value for right in rights})


def _show_pairs(lefts: Sequence[Left]) -> str:
    return " ".join(
        f"{number}{right.letter}"
        for number, left in enumerate(lefts, 1)
        for right in left.rights
        if right.is_picked
    )


def _read_blanks(parts: Sequence[object], text: str) -> list[str]:
    return [part.strip() for part in text.split(";")]


def _show_blanks(parts: Sequence[object]) -> str:
    return "; ".join(part.value for part in parts if isinstance(part, Blank))


WAYS = {
    way.name: way
    for way in (
        Way(
            "letters",
            "A",
            gettext_lazy("The letter that is crossed; where several are, all: A C."),
            _read_letters,
            _show_letters,
        ),
        Way(
            "words",
            pgettext_lazy("where a word or a number is typed", "text"),
            gettext_lazy("The word or the number as it was written."),
            _read_words,
            _show_words,
        ),
        Way(
            "places",
            "3 1 2",
            gettext_lazy("The numbers in the boxes, from top to bottom."),
            _read_places,
            _show_places,
        ),
        Way(
            "pairs",
            "1C 2A",
            gettext_lazy(
                "The number of each line with its letter. "
                "Or the letters alone, with - for a line left open."
            ),
            _read_pairs,
            _show_pairs,
        ),
        Way(
            "blanks",
            pgettext_lazy("words for two blanks", "one; two"),
            gettext_lazy("The words in their order, with a semicolon between them."),
            _read_blanks,
            _show_blanks,
        ),
    )
}
