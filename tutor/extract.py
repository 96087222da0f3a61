"""The embedded tutor: what a lesson says about a question, in its own sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.lesson_text import Passage
from tutor.retrieval import Asked, Index, Ranked, index_of, question_stems, rank

# How much of the question's weight the best passage must cover: if it holds this
# many of the words that tell what is asked about, and if it holds fewer.
TELLING_STEMS = 1.5
TELLING_SHARE = 0.35
LEAST_STEMS = 1.5
SHARE = 0.55
# Words of the best passage with those around it, and of all that is shown.
SHOWN_WORDS = 70
MOST_WORDS = 100
# Other places of the lesson are shown too, if they are among the best and near it.
OTHER_PLACES = 4
OTHER_SHARE = 0.6
NEAREST = 3
# From this share of stems on, a question is taken for one of the quiz.
QUIZ_SHARE = 0.6
QUIZ_STEMS = 3


@dataclass(frozen=True)
class Extract:
    """What is shown, in the lesson's order; or else the nearest passages."""

    passages: tuple[Passage, ...] = ()
    nearest: tuple[Passage, ...] = ()
    # The one of the passages that was found, to be marked among the others.
    best: Passage | None = None

    @property
    def is_answered(self) -> bool:
        return bool(self.passages)


def answer(question: str, passages: Sequence[Passage], language: str = "en") -> Extract:
    """Passages as they stand in the lesson, never more than it says."""
    ranked = rank(question, passages, language)
    if not ranked:
        return Extract()
    index = index_of(passages, language)
    best = ranked[0]
    if not is_about(index, index.asked(question), best.place):
        near = sorted(one.place for one in ranked[:NEAREST])
        return Extract(nearest=tuple(passages[place] for place in near))
    shown = sorted(_shown(index, ranked))
    return Extract(tuple(passages[place] for place in shown), best=best.passage)


def is_about(index: Index, asked: Asked, place: int) -> bool:
    """Whether a passage speaks of what is asked, as far as words can tell."""
    credits = {stem: index.credit(stem, place) for stem in asked.stems}
    weight = sum(index.weight(stem) for stem in asked.stems)
    share = sum(index.weight(stem) * credits[stem] for stem in credits) / weight
    telling = sum(credits[stem] for stem in asked.telling)
    if telling >= TELLING_STEMS:
        return share >= TELLING_SHARE
    # A common word counts half.
    count = (telling + sum(credits.values())) / 2
    return share >= SHARE and (count >= LEAST_STEMS or _explains(index, asked, place))


def _explains(index: Index, asked: Asked, place: int) -> bool:
    """Whether one word is asked about, and this says what it means."""
    if len(asked.telling) != 1:
        return False
    (word,) = asked.telling
    return index.names(word, place) or index.defines(asked.telling, place)


def _shown(index: Index, ranked: Sequence[Ranked]) -> set[int]:
    best, *others = ranked
    shown = _surroundings(index, best.place)
    for other in others[:OTHER_PLACES]:
        if other.score < OTHER_SHARE * best.score:
            break
        for more in ({other.place, *index.beside(other.place)}, {other.place}):
            if _words(index, shown | more) <= MOST_WORDS and other.place not in shown:
                shown |= more
    return shown


def _surroundings(index: Index, place: int) -> set[int]:
    """The passage and its neighbours, and more of its section while they are short."""
    shown = {place, *index.beside(place)}
    while True:
        ends = (max(shown) + 1, min(shown) - 1)
        more = [end for end in ends if index.is_with(place, end)]
        more = [e for e in more if _words(index, shown | {e}) <= SHOWN_WORDS]
        if not more:
            return shown
        shown.add(more[0])


def _words(index: Index, places: set[int]) -> int:
    return sum(len(index.passages[place].text.split()) for place in places)


def pointer(
    question: str,
    open_questions: Sequence[tuple[str, Sequence[str]]],
    passages: Sequence[Passage],
    language: str = "en",
) -> str:
    """The heading to look under if this asks what a quiz asks, else nothing.

    Of each open question its text and the keys of the passages that settle it.
    """
    asked = set(question_stems(question, language))
    for text, keys in open_questions:
        if _asks_the_same(asked, set(question_stems(text, language))):
            headings = {passage.key: passage.heading for passage in passages}
            # The first key is that of the passage which settles most.
            found = [headings[key] for key in keys if headings.get(key)]
            if found:
                return found[0]
    return ""


def _asks_the_same(asked: set[str], quiz: set[str]) -> bool:
    """Compared with the shorter one: neither leaving out nor adding words helps."""
    shared = len(asked & quiz)
    least = min(QUIZ_STEMS, len(quiz) or 1)
    return shared >= max(least, QUIZ_SHARE * min(len(asked), len(quiz)))
