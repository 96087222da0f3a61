"""What can be copied out of a question to answer it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lessons import sentences
from quizzes.answers import QuestionEntry
from quizzes.kinds import gaps, number, short
from quizzes.numbers import MOST_CHARACTERS
from quizzes.spelling import folded, forgiven_edits, judge

Place = tuple[int | str, ...]


@dataclass(frozen=True)
class Copy:
    """Words of a question that are right when they are typed as its answer."""

    place: Place
    text: str


def copies(question: QuestionEntry, language: str) -> Iterator[Copy]:
    """One for each answer or blank that needs no more than copying."""
    texts = [question.stem]
    if isinstance(question, short.Entry):
        yield from _copies(("stem",), texts, question)
    elif isinstance(question, gaps.Entry):
        texts += gaps.BLANK.split(question.text)
        for place, words in enumerate(question.blanks):
            yield from _copies(("blanks", place), texts, words)
    elif isinstance(question, number.Entry):
        body = number.body(question, language)
        runs = _runs(texts, MOST_CHARACTERS)
        yield from _shortest(
            ("stem",), runs, lambda run: bool(number.grade(body, [run]))
        )


def _copies(place: Place, texts: Sequence[str], words: short.Words) -> Iterator[Copy]:
    body = short.body_of_words(words)
    answers = [folded(answer) for answer in words.answers]
    most = max(len(answer) + forgiven_edits(answer) for answer in answers)
    yield from _shortest(
        place, _runs(texts, most), lambda run: judge(run, body).is_right
    )


def _runs(texts: Sequence[str], most: int) -> Iterator[str]:
    """Words that stand side by side, with no more letters than an answer has."""
    for text in texts:
        words = sentences.words(text)
        for start in range(len(words)):
            for end in range(start + 1, len(words) + 1):
                run = " ".join(words[start:end])
                if len(folded(run)) > most:
                    break
                yield run


def _shortest(
    place: Place, runs: Iterator[str], is_right: Callable[[str], bool]
) -> Iterator[Copy]:
    if found := [run for run in runs if is_right(run)]:
        yield Copy(place, min(found, key=len))
