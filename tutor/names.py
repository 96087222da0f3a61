"""Names: what a text writes with a capital letter where no sentence begins."""

from __future__ import annotations

from collections.abc import Iterable, Set

from tutor.wording import Word, Words, in_order

# Has its capital letter from English spelling alone.
PRONOUN = "i"


def names(texts: Iterable[Words]) -> frozenset[str]:
    """The words that have a capital letter inside a sentence of these texts."""
    return frozenset(
        word.plain for words in texts for word in words if _is_plainly_name(word)
    )


def come_from(claim: Words, quote: Words, known: Set[str]) -> bool:
    """Whether the quote has the names of the claim, in its order.

    The first word of a sentence is a name only if it is a known one.
    """
    wanted = [w.plain for w in claim if _is_plainly_name(w) or _is_known(w, known)]
    return in_order(wanted, [word.plain for word in quote])


def _is_plainly_name(word: Word) -> bool:
    return word.is_capital and not word.is_first and word.plain != PRONOUN


def _is_known(word: Word, known: Set[str]) -> bool:
    return word.is_capital and word.plain in known
