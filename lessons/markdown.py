"""Lesson Markdown: what is understood, and what is refused by line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.attrs.parse import ParseError
from mdit_py_plugins.attrs.parse import parse as parse_attributes


def _markdown() -> MarkdownIt:
    # Raw HTML and unsafe links are recognised so that they can be refused by
    # line; a file that holds any is never rendered.
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]
    markdown.core.ruler.before("inline", "heading_attributes", _take_attributes)
    return markdown


def _take_attributes(state: StateCore) -> None:
    for opening, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type != "heading_open":
            continue
        match = re.search(r"\s*(\{[^{}]*\})\s*$", inline.content)
        try:
            opening.meta = parse_attributes(match[1])[1] if match else {}
        except ParseError:
            continue
        if match:
            inline.content = inline.content[: match.start()]


MARKDOWN = _markdown()


Refusal = tuple[int, str, str]


def refused(tokens: list[Token]) -> Iterator[Refusal]:
    line, in_section = 0, False
    for before, token in zip([None, *tokens], tokens, strict=False):
        line = token.map[0] if token.map else line
        if token.type == "heading_open":
            in_section |= token.tag == "h2"
            yield from _refused_heading(line, token)
        elif token.type == "html_block":
            yield line, *RAW_HTML
        elif token.type == "inline":
            yield from _refused_start(line, token)
            yield from _refused_inline(line, token)
            yield from _refused_pictures(line, before, token)
        if not in_section:
            what = "text stands before the first section"
            yield line, what, "put it under a heading such as ## The big idea"
            in_section = True


RAW_HTML = ("raw HTML is not allowed", "write Markdown, and put code in `backticks`")


def _refused_heading(line: int, heading: Token) -> Iterator[Refusal]:
    if heading.tag == "h1":
        what = "the lesson's title stands in its head"
        yield line, what, "take this heading away, or begin it with ##"
    elif heading.tag != "h2" and heading.meta:
        what = "only ## begins a section"
        yield line, what, "begin it with ##, or take {…} away"
    elif heading.level:
        what = "a heading stands inside a list or a quotation"
        yield line, what, "move it to the start of its line"


def _refused_start(line: int, inline: Token) -> Iterator[Refusal]:
    """What looks like a heading or a list to its writer, and is none."""
    for number, text in enumerate(inline.content.split("\n"), line):
        if match := re.match(r"#{1,6}(?=[^#\s])", text):
            what = f"there is no space behind {match[0]}"
            yield number, what, "write one, to make it a heading"
        elif match := re.match("[\u2022\u25cf\u25aa]\\s", text):
            yield number, f"{match[0].strip()} begins no list", "begin the line with - "


def _refused_inline(line: int, inline: Token) -> Iterator[Refusal]:
    for child in inline.children or []:
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        elif child.type == "html_inline":
            yield line, *RAW_HTML
        elif child.type == "link_open" and not _is_safe(str(child.attrs["href"])):
            what = f"the link to {child.attrs['href']} cannot be followed from a lesson"
            yield line, what, "write an address that begins with https://, / or #"


def _is_safe(href: str) -> bool:
    parts = urlsplit(href)
    if parts.scheme or parts.netloc:
        return parts.scheme in ("http", "https", "mailto")
    return href.startswith(("/", "#"))


def picture_in(inline: Token) -> Token | None:
    """The picture of a paragraph that holds nothing else."""
    children = inline.children or []
    is_picture = len(children) == 1 and children[0].type == "image"
    return children[0] if is_picture else None


def _refused_pictures(
    line: int, before: Token | None, inline: Token
) -> Iterator[Refusal]:
    in_paragraph = before and (before.type, before.level) == ("paragraph_open", 0)
    is_alone = in_paragraph and picture_in(inline)
    for child in inline.children or []:
        if child.type != "image":
            continue
        source = child.attrs.get("src", "")
        if not child.content.strip():
            what = f"the picture {source} has no words for those who cannot see it"
            yield line, what, "write them as in ![a cat on a chair](cat.png)"
        if not is_alone:
            what = f"the picture {source} stands among other things"
            yield line, what, "put it between two empty lines"
