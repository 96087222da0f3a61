"""The text of a section, divided into passages and with its terms linked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from markdown_it.token import Token

from lessons import sentences
from lessons.inline import Leaf, cut, joined, leaves, woven
from lessons.markdown import picture_in
from lessons.passages import PassageText, keys
from lessons.sections import Section
from lessons.terms import TermLinks


@dataclass
class Place:
    """Where a passage is being gathered, and the token that will carry its key."""

    token: Token
    alias: Token
    line: int
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        joint = "; " if self.is_row else " "
        return joint.join(" ".join(text.split()) for text in self.texts if text.strip())

    @property
    def is_row(self) -> bool:
        return self.token.type == "tr_open"


@dataclass(frozen=True)
class Layout:
    section: Section
    tokens: list[Token]
    passages: list[PassageText]


def lay_out(section: Section, terms: TermLinks) -> Layout:
    """Divide a section into passages, in place of its tokens."""
    typesetter = _Typesetter(section, terms)
    tokens = [laid for token in section.tokens for laid in typesetter.lay(token)]
    places = [place for place in typesetter.places if place.text]
    texts = [place.text for place in places]
    found = []
    for key, place in zip(keys(section.id, texts), places, strict=True):
        place.token.attrs |= {"class": "passage", "id": key}
        place.alias.meta = {"key": key}
        found.append(PassageText(key, place.text, section.id, place.line, place.is_row))
    return Layout(section, tokens, found)


class _Typesetter:
    """Goes through the tokens of a section once, in order."""

    def __init__(self, section: Section, terms: TermLinks) -> None:
        self.terms = terms
        self.line_before = section.line_before
        self.line = 0
        self.places: list[Place] = []
        # The innermost is last; None is what holds no passages, such as a heading.
        self.inside: list[Place | None] = []

    def lay(self, token: Token) -> list[Token]:
        self.line = token.map[0] if token.map else self.line
        match token.type:
            case "heading_open" | "thead_open":
                self.inside.append(None)
            case "heading_close" | "thead_close" | "list_item_close":
                self.inside.pop()
            case "tr_open" if self.inside[-1:] != [None]:
                self.inside.append(self._place(token))
            case "tr_close" if self.inside[-1:] != [None]:
                self.inside.pop()
            case "list_item_open":
                self.inside.append(place := self._place(token))
                return [token, place.alias]
            case "inline":
                token.children = self._lay_inline(token)
        return [token]

    def _place(self, token: Token) -> Place:
        place = Place(token, Token("aliases", "", 0), self.line + self.line_before)
        self.places.append(place)
        return place

    def _lay_inline(self, inline: Token) -> list[Token]:
        if picture := picture_in(inline):
            return [picture]
        if not self.inside:
            return list(self._sentences(joined(leaves(inline))))
        place = self.inside[-1]
        if place is None:
            return list(inline.children or [])
        is_start_of_row = place.is_row and not place.texts
        text = joined(leaves(inline))
        place.texts.append("".join(leaf.text for leaf in text))
        return [*([place.alias] if is_start_of_row else []), *self._woven(text)]

    def _sentences(self, text: list[Leaf]) -> Iterator[Token]:
        # Full stops inside code end no sentence.
        masked = "".join(
            leaf.text if leaf.is_text else "X" * len(leaf.text) for leaf in text
        )
        end = 0
        for start, stop in sentences.spans(masked):
            yield from self._woven(cut(text, end, start))
            place = self._place(Token("passage_open", "span", 1))
            inner = cut(text, start, stop)
            place.texts.append("".join(leaf.text for leaf in inner))
            yield from (place.token, place.alias)
            yield from self._woven(inner)
            yield Token("passage_close", "span", -1)
            end = stop

    def _woven(self, text: Iterable[Leaf]) -> Iterator[Token]:
        linked = (part for leaf in text for part in self.terms.link(leaf))
        return woven(leaf for leaf in linked if leaf.token.content or not leaf.is_text)
