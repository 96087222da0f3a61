"""Words of a claim that its quote does not have."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import pairwise

from tutor.alignment import Alignment
from tutor.opposites import same_meaning
from tutor.wording import Word, Words, listed, stems_of, word_set

Pair = tuple[str, str]
# More words of a question than these would be a clause of its own.
MOST_MEANT = 3


@dataclass(frozen=True)
class Surroundings:
    """What a claim may be about besides its quote, as stems."""

    # Of the question,
    asked: frozenset[str]
    # of what the passage before the quote is about,
    before: frozenset[str]
    # and those that stand side by side close to the quote.
    pairs: frozenset[Pair]


def new_words(texts: Alignment, around: Surroundings, language: str) -> set[str]:
    """Stems that neither the quote has nor, where it leaves them out, what is around.

    A few words of the question may stand for a pronoun of the quote, open the claim,
    or complete a pair: "Retrieval opens the book", "8 hours of sleep". Anywhere else
    a false question would make its own answer.
    """
    known = same_meaning(stems_of(texts.quote), language)
    new = {
        place: word.stem
        for place, word in enumerate(texts.claim)
        if word.is_content
        and word.stem not in known
        and not _is_light(texts.claim, place, language)
    }
    stems = set(new.values())
    if len(stems) > MOST_MEANT:
        return stems
    meant = set(_meant(texts, around, known, language))
    return {root for place, root in new.items() if place not in meant}


def _is_light(words: Words, place: int, language: str) -> bool:
    """Whether a word may be put in freely; none may as a noun, as "the use"."""
    before = words[place - 1].plain if place else ""
    is_noun = before in word_set("determiners", language)
    return words[place].plain in word_set("light-words", language) and not is_noun


def neighbours(words: Words) -> set[Pair]:
    """Stems of words that say something and stand side by side."""
    said = [word for word in words if word.is_content]
    return {_pair(one, other) for one, other in pairwise(said)}


def _pair(one: Word, other: Word) -> Pair:
    return min(one.stem, other.stem), max(one.stem, other.stem)


def _meant(
    texts: Alignment, around: Surroundings, known: Set[str], language: str
) -> Iterator[int]:
    """Places of words asked for that the claim has and its quote leaves out."""
    paired = _paired(texts.claim, around.pairs, known | around.asked)
    for places, instead in texts.added():
        if any(word.is_content for word in instead):
            continue
        opens = places.start == 0 and not instead
        for place in places:
            word = texts.claim[place]
            is_named = opens or _stands_for(word, instead, language)
            is_close = place in paired or (word.stem in around.before and is_named)
            if word.stem in around.asked and is_close:
                yield place


def _paired(claim: Words, pairs: Set[Pair], known: Set[str]) -> set[int]:
    """Places beside a known word that has the same one beside it nearby."""
    said = [place for place, word in enumerate(claim) if word.is_content]
    return {
        place
        for two in pairwise(said)
        for place, other in (two, two[::-1])
        if claim[other].stem in known and _pair(claim[place], claim[other]) in pairs
    }


def _stands_for(word: Word, instead: Words, language: str) -> bool:
    """Whether one of these is a pronoun for as many as the word is."""
    one, many = (line.split() for line in listed("pronouns", language))
    is_many = word.plain.endswith("s") and not word.plain.endswith("ss")
    return any(other.plain in (many if is_many else one) for other in instead)
