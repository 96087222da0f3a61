"""Which words of a claim stand where in its quote."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cached_property

from tutor.wording import Words, stems_of

# So many small words in a row are the same ones, not ones found anywhere.
LEAST_IN_A_ROW = 3


class Alignment:
    """A claim and its quote, word beside word."""

    def __init__(self, claim: Words, quote: Words) -> None:
        self.claim, self.quote = claim, quote
        one, other = ([word.stem for word in words] for words in (claim, quote))
        self._matcher = SequenceMatcher(a=one, b=other, autojunk=False)

    @cached_property
    def beside(self) -> dict[int, int]:
        """Places in the claim, and in the quote, of the words they share."""
        found: dict[int, int] = {}
        for block in self._matcher.get_matching_blocks():
            run = self.claim[block.a : block.a + block.size]
            if len(run) >= LEAST_IN_A_ROW or any(word.is_content for word in run):
                found |= {block.a + i: block.b + i for i in range(block.size)}
        return found

    def replaced(self) -> Iterator[tuple[Words, Words]]:
        """Words of the claim, with those of the quote in whose place they stand."""
        for kind, a, b, c, d in self._matcher.get_opcodes():
            if kind == "replace":
                yield self.claim[a:b], self.quote[c:d]

    def has_moved_word(self) -> bool:
        """Whether a word of the quote stands where the quote has another one."""
        stems = stems_of(self.quote)
        return any(
            len(ours) == len(theirs) == 1
            and ours[0].is_content
            and theirs[0].is_content
            and ours[0].stem in stems
            for ours, theirs in self.replaced()
        )

    def added(self) -> Iterator[tuple[range, Words]]:
        """Places that only the claim has, with what the quote says there instead."""
        for kind, a, b, c, d in self._matcher.get_opcodes():
            if kind in ("delete", "replace"):
                yield range(a, b), self.quote[c:d]
