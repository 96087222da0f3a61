"""Whether a claim denies what its quote denies, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from tutor.alignment import Alignment
from tutor.wording import Words, word_set

# "Neither … nor" denies once.
SECOND = "nor"


@dataclass(frozen=True)
class Negation:
    """A "not", and the places of the words that it may deny."""

    place: int
    # Those behind it in its phrase, or else the last one before it.
    denied: tuple[int, ...]
    before: tuple[int, ...]

    @property
    def reach(self) -> tuple[int, ...]:
        return *self.denied, *self.before


def denies_the_same(texts: Alignment, language: str) -> bool:
    """Each negation has its fellow, unless the claim leaves out what is denied."""
    left = negations(texts.quote, language)
    for negation in negations(texts.claim, language):
        fellow = next((n for n in left if _are_fellows(negation, n, texts)), None)
        if fellow is None:
            return False
        left.remove(fellow)
    beside, quote = texts.beside, texts.quote
    free = {word.stem for i, word in enumerate(texts.claim) if i not in beside}
    used = {i for i, word in enumerate(quote) if word.stem in free}
    used.update(beside.values())
    return not any(_is_dropped(negation, quote, used) for negation in left)


def negations(words: Words, language: str) -> list[Negation]:
    found: list[Negation] = []
    said = [i for i, word in enumerate(words) if word.is_content]
    for place, word in enumerate(words):
        if word.plain not in word_set("negations", language):
            continue
        last = words[found[-1].place].phrase if found else None
        if word.plain == SECOND and word.phrase == last:
            continue
        after = [i for i in said if i > place and words[i].phrase == word.phrase]
        before = [i for i in said if i < place and words[i].part == word.part]
        found.append(Negation(place, tuple(after or before[-1:]), tuple(before)))
    return found


def _is_dropped(negation: Negation, quote: Words, used: Set[int]) -> bool:
    """Whether its neighbours, or what it denies, are used without it."""
    place, phrase = negation.place, quote[negation.place].phrase
    beside = [i for i in (place - 1, place + 1) if 0 <= i < len(quote)]
    near = [i for i in beside if quote[i].phrase == phrase]
    return not used.isdisjoint([*negation.denied, *near])


def _are_fellows(ours: Negation, theirs: Negation, texts: Alignment) -> bool:
    beside, claim, quote = texts.beside, texts.claim, texts.quote
    is_beside = beside.get(ours.place) == theirs.place
    is_last = ours.place + 1 == len(claim) and theirs.place + 1 == len(quote)
    goes_on = beside.get(ours.place + 1) == theirs.place + 1
    if is_beside and (is_last or goes_on):
        return True
    if not ours.denied or not theirs.denied:
        return is_beside
    back = {other: one for one, other in beside.items()}
    return _reaches(ours, claim, theirs, quote, beside) and _reaches(
        theirs, quote, ours, claim, back
    )


def _reaches(
    one: Negation,
    words: Words,
    other: Negation,
    others: Words,
    beside: Mapping[int, int],
) -> bool:
    """Whether what the one denies first is what the other one may deny."""
    known = {word.stem for word in others}
    for place in one.denied:
        if place in beside:
            return beside[place] in other.reach
        if words[place].stem in known:
            return words[place].stem in {others[i].stem for i in other.reach}
    return False
