"""Running text: its pieces, cut anywhere without breaking emphasis or links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from markdown_it.token import Token


@dataclass(frozen=True)
class Leaf:
    """A piece of text inside its emphasis, links and the like."""

    token: Token
    marks: tuple[Token, ...] = ()

    @property
    def text(self) -> str:
        return self.token.content or " "

    @property
    def is_text(self) -> bool:
        return self.token.type == "text"

    def part(self, start: int, end: int, *more: Token) -> Leaf:
        token = Token("text", "", 0, content=self.text[start:end])
        return Leaf(token, self.marks + more)


def leaves(inline: Token) -> Iterator[Leaf]:
    marks: tuple[Token, ...] = ()
    for child in inline.children or []:
        if child.nesting == 1:
            marks += (child,)
        elif child.nesting == -1:
            marks = marks[:-1]
        elif child.type == "softbreak":
            yield Leaf(Token("text", "", 0, content=" "), marks)
        elif child.content or child.type != "text":
            yield Leaf(child, marks)


def joined(leaves: Iterable[Leaf]) -> list[Leaf]:
    """Neighbouring texts as one, so that a term may run over the end of a line."""
    found: list[Leaf] = []
    for leaf in leaves:
        last = found[-1] if found else None
        if last and last.is_text and leaf.is_text and last.marks == leaf.marks:
            token = Token("text", "", 0, content=last.text + leaf.text)
            found[-1] = replace(last, token=token)
        else:
            found.append(leaf)
    return found


def cut(leaves: Iterable[Leaf], start: int, end: int) -> list[Leaf]:
    """The part of the leaves from one place of their text to another."""
    found, at = [], 0
    for leaf in leaves:
        first, last = max(start - at, 0), min(end - at, len(leaf.text))
        at += len(leaf.text)
        if first < last:
            found.append(leaf.part(first, last) if leaf.is_text else leaf)
    return found


def woven(leaves: Iterable[Leaf]) -> Iterator[Token]:
    """The leaves with their marks opened before and closed behind them."""
    opened: tuple[Token, ...] = ()
    for leaf in leaves:
        shared = 0
        for mark, wanted in zip(opened, leaf.marks, strict=False):
            if mark is not wanted:
                break
            shared += 1
        yield from _closing(opened[shared:])
        yield from leaf.marks[shared:]
        yield leaf.token
        opened = leaf.marks
    yield from _closing(opened)


def _closing(marks: tuple[Token, ...]) -> Iterator[Token]:
    for mark in reversed(marks):
        yield Token(mark.type.replace("_open", "_close"), mark.tag, -1)
