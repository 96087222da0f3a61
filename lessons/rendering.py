"""The HTML of a lesson's body, made once when the lesson is loaded."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import nh3
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext
from markdown_it.token import Token

from lessons import inline, layout, markdown, passages, sections, sentences, terms
from lessons.files import LessonFile
from lessons.layout import Layout
from lessons.markdown import MARKDOWN

TAGS = {
    *("a", "blockquote", "br", "code", "div", "em", "h3", "h4", "h5", "h6", "hr"),
    *("img", "li", "ol", "p", "pre", "span", "strong"),
    *("table", "tbody", "td", "th", "thead", "tr", "ul"),
}
ATTRIBUTES = {
    "*": {"class", "id"},
    "a": {"href", "title"},
    "div": {"aria-labelledby", "role", "tabindex"},
    "img": {"alt", "height", "loading", "src", "width"},
    "ol": {"start"},
    "span": {"aria-hidden"},
    "th": {"scope"},
}
SCHEMES = {"http", "https", "mailto"}


@cache
def version() -> str:
    """Differs whenever the code that makes the HTML does."""
    here = sys.modules[__name__]
    parts = (here, inline, layout, markdown, passages, sections, sentences, terms)
    return passages.short_hash("".join(inspect.getsource(part) for part in parts), 12)


def render(
    lesson: LessonFile,
    aliases: Mapping[str, list[str]],
    check_url: Callable[[str], str],
) -> str:
    """The sections of a lesson, each passage under its key and its old keys.

    ``check_url`` gives the address of the check question with that key.
    """
    env = {"aliases": aliases, "lesson": lesson}
    with translation.override(lesson.head.language):
        return "\n".join(
            _render_section(laid, env, check_url) for laid in lesson.layouts
        )


def _render_section(
    laid: Layout, env: dict[str, Any], check_url: Callable[[str], str]
) -> str:
    section = laid.section
    title = _cleaned(section.heading.children or [], {})
    text = _cleaned(laid.tokens, env | {"section": section.id})
    slot = _check_slot(section.question, check_url) if section.question else ""
    return (
        f'<section id="{section.id}" class="section section-{section.kind}" '
        f'aria-labelledby="{section.id}-title">\n'
        f'<h2 id="{section.id}-title">{title}</h2>\n{text}{slot}</section>'
    )


def _check_slot(question: str, check_url: Callable[[str], str]) -> str:
    url = escape(check_url(question))
    label = escape(gettext("Answer a question about this"))
    return (
        f'<div class="check-slot" id="check-{escape(question)}" hx-get="{url}" '
        'hx-trigger="load" hx-swap="outerHTML" hx-target="this">'
        f'<a href="{url}">{label}</a></div>\n'
    )


def _cleaned(tokens: Sequence[Token], env: dict[str, Any]) -> str:
    html = MARKDOWN.renderer.render(tokens, MARKDOWN.options, env)
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None
    )


def _aliases(
    renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: dict[str, Any]
) -> str:
    names = env.get("aliases", {}).get(tokens[at].meta.get("key"), ())
    return "".join(
        f'<span id="{name}" class="alias" aria-hidden="true"></span>' for name in names
    )


def _table_open(
    renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: dict[str, Any]
) -> str:
    # Focusable, so that a wide table can be scrolled from the keyboard.
    return (
        '<div class="table-scroll" role="group" tabindex="0" '
        f'aria-labelledby="{env["section"]}-title">\n<table>\n'
    )


def _table_close(
    renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: dict[str, Any]
) -> str:
    return "</table>\n</div>\n"


def _cell(
    renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: dict[str, Any]
) -> str:
    tag, style = tokens[at].tag, str(tokens[at].attrs.get("style", ""))
    # The policy allows no inline style, so the column's alignment is a class.
    side = ALIGNMENTS.get(style.rpartition(":")[2])
    align = f' class="align-{side}"' if side else ""
    scope = ' scope="col"' if tag == "th" else ""
    return f"<{tag}{scope}{align}>"


def _image(
    renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: dict[str, Any]
) -> str:
    lesson: LessonFile = env["lesson"]
    picture = lesson.pictures[str(tokens[at].attrs["src"])]
    address = [lesson.slug, picture.digest, picture.name]
    return (
        f'<img src="{reverse("lessons:picture", args=address)}" '
        f'alt="{escape(tokens[at].content)}" loading="lazy" '
        f'width="{picture.width}" height="{picture.height}">'
    )


ALIGNMENTS = {"left": "start", "center": "center", "right": "end"}


def _add_rules() -> None:
    for name, rule in (
        ("aliases", _aliases),
        ("image", _image),
        ("table_open", _table_open),
        ("table_close", _table_close),
        ("td_open", _cell),
        ("th_open", _cell),
    ):
        MARKDOWN.add_render_rule(name, rule)


_add_rules()
