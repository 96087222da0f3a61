"""What could be given as an answer, and who gave it: choices, or common answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quizzes.answers import Answer
from quizzes.marking import kind_of, readable
from quizzes.models import Question

# An answer in one's own words is listed once that many have given it: it is
# then nobody's own any more, and may be kept without a name.
LEAST_ALIKE = 3
MOST_LISTED = 8


@dataclass(frozen=True)
class Given:
    """One answer to one version of a question; empty if nothing was answered."""

    question: Question
    answer: Answer


@dataclass(frozen=True)
class Option:
    key: str
    text: str
    is_right: bool
    # For each answer in turn whether it picks this.
    picks: Sequence[bool]


def options_of(answers: Sequence[Given]) -> list[Option]:
    """The choices, or what was written or put together most often."""
    versions = sorted({each.question for each in answers}, key=lambda q: -q.version)
    if choices := dict(_choices(reversed(versions))):
        return [
            Option(key, text, is_right, [key in each.answer for each in answers])
            for key, (text, is_right) in choices.items()
        ]
    return list(_common(answers))


def _choices(versions: Iterable[Question]) -> Iterator[tuple[str, tuple[str, bool]]]:
    """Each choice that a version offered, as the newest of them has it."""
    for version in versions:
        marking = version.marking_version.body.get("choices", [])
        right = {choice["key"] for choice in marking if choice["right"]}
        for choice in version.body.get("choices", []):
            yield choice["key"], (choice["text"], choice["key"] in right)


def _common(answers: Sequence[Given]) -> Iterator[Option]:
    names = [same_as(each.question, each.answer) for each in answers]
    counted = Counter(name for name in names if name)
    first: dict[str, Given] = {}
    for name, each in zip(names, answers, strict=True):
        first.setdefault(name, each)
    for name, count in counted.most_common(MOST_LISTED):
        if count >= LEAST_ALIKE:
            each = first[name]
            text = readable(each.question, each.answer)
            yield Option(name, text, is_right(each), [one == name for one in names])


def same_as(question: Question, answer: Answer) -> str:
    """The same for all answers that mean the same; empty for none."""
    return "\n".join(kind_of(question).same(question.body, answer)) if answer else ""


def is_right(given: Given) -> bool:
    body = given.question.marking_version.body
    return kind_of(given.question).grade(body, given.answer) == 1
