"""Names: what a text writes with a capital letter where no sentence begins."""

from __future__ import annotations

from collections.abc import Iterable, Set

from tutor.alignment import Words
from tutor.wording import Word, in_order

# Has its capital letter from English spelling alone.
PRONOUN = "i"


def names(texts: Iterable[Words]) -> frozenset[str]:
    """The words that have a capital letter inside a sentence of these texts."""
    return frozenset(
        word.plain for words in texts for word in words if _is_plainly_name(word)
    )


def come_from(
    claim: Words, quote: Words, known: Set[str], *, in_any_order: bool
) -> bool:
    """Whether the quote has the names of the claim; a first word may be a known one."""
    wanted = [w.plain for w in claim if _is_plainly_name(w) or _is_known(w, known)]
    given = [word.plain for word in quote]
    return set(wanted) <= set(given) if in_any_order else in_order(wanted, given)


def _is_plainly_name(word: Word) -> bool:
    return word.is_capital and not word.is_first and word.plain != PRONOUN


def _is_known(word: Word, known: Set[str]) -> bool:
    return word.is_capital and word.plain in known
