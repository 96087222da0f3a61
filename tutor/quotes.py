"""Finding a quote in a lesson, widened to whole sentences."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from lessons.sentences import spans, words
from tutor.lesson_text import Passage
from tutor.wording import one_spaced, plain

# Fewer words than these could be found in nearly any lesson.
LEAST_WORDS = 4


@dataclass(frozen=True)
class Found:
    """The whole sentences that a quote touches, and the passages they stand in."""

    text: str
    # The place of the first of them in the lesson.
    first: int
    passages: tuple[Passage, ...]


def find(quote: str, passages: Sequence[Passage]) -> Iterator[Found]:
    """Wherever the quote stands in one passage or two neighbouring ones."""
    texts = [one_spaced(passage.text) for passage in passages]
    ends = list(accumulate(len(text) + 1 for text in texts))
    lesson, wanted = plain(" ".join(texts)), plain(quote)
    for start in _places(wanted, lesson):
        end = start + len(wanted)
        first, last = bisect_right(ends, start), bisect_right(ends, end - 1)
        if last - first > 1:
            continue
        offset = ends[first] - len(texts[first]) - 1
        touched = list(_touched(texts[first : last + 1], start - offset, end - offset))
        if len(words(wanted)) >= LEAST_WORDS or wanted in map(plain, touched):
            yield Found(" ".join(touched), first, tuple(passages[first : last + 1]))


def _places(wanted: str, text: str) -> Iterator[int]:
    """Where the words begin, if no word is cut by either end."""
    start = text.find(wanted) if words(wanted) else -1
    while start >= 0:
        end = start + len(wanted)
        if not (_cuts_word(text, start) or _cuts_word(text, end)):
            yield start
        start = text.find(wanted, start + 1)


def _cuts_word(text: str, place: int) -> bool:
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()


def _touched(texts: Sequence[str], start: int, end: int) -> Iterator[str]:
    """The sentences that have a part between two places of the joined texts."""
    offset = 0
    for text in texts:
        for first, last in spans(text):
            if offset + first < end and offset + last > start:
                yield text[first:last]
        offset += len(text) + 1
