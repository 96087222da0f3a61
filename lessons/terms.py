"""Key terms in the text of a lesson."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markdown_it.token import Token

from lessons.inline import Leaf


@dataclass
class TermLinks:
    """Links the first use of each term to its definition, in reading order."""

    waiting: dict[str, re.Pattern[str]]

    @classmethod
    def of(cls, names: Mapping[str, str]) -> TermLinks:
        return cls({term: term_pattern(name) for term, name in names.items()})

    def link(self, leaf: Leaf) -> Iterator[Leaf]:
        is_linked = any(mark.type == "link_open" for mark in leaf.marks)
        found = None if is_linked or not leaf.is_text else self._first_in(leaf.text)
        if not found:
            yield leaf
            return
        term, match = found
        del self.waiting[term]
        attributes: dict[str, str | int | float] = {
            "class": "term",
            "href": f"#term-{term}",
        }
        mark = Token("link_open", "a", 1, attrs=attributes)
        yield from self.link(leaf.part(0, match.start()))
        yield leaf.part(match.start(), match.end(), mark)
        yield from self.link(leaf.part(match.end(), len(leaf.text)))

    def _first_in(self, text: str) -> tuple[str, re.Match[str]] | None:
        matches = [
            (term, match)
            for term, pattern in self.waiting.items()
            if (match := pattern.search(text))
        ]
        # Of two terms at one place the longer: "language model" before "model".
        return min(
            matches, key=lambda found: (found[1].start(), -found[1].end()), default=None
        )


def term_pattern(name: str) -> re.Pattern[str]:
    """Finds the term as whole words, singular or plural."""
    words = r"\s+".join(re.escape(word) for word in name.split())
    if re.search(r"[^aeiou]y$", name, re.IGNORECASE):
        words = f"{words[:-1]}(?:y|ies)"
    return re.compile(rf"(?<![\w-]){words}(?:s|es)?(?![\w-])", re.IGNORECASE)
