"""What in a text must have a source: years, amounts, shares, and full names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lessons.sentences import TITLES, spans

NUMBER = re.compile(
    r"\b(?:1[5-9]|20)\d\d\b"
    r"|\d[\d.,]*\s*(?:%|per\s?cent\b)|\bper\s?cent\b"
    r"|[$\u20ac\u00a3\u00a5]\s?\d[\d.,]*"
    r"|\d[\d.,]*\s(?:thousand|million|billion|trillion|dollars|euros|pounds)\b"
    r"|\b\d{1,3}(?:,\d{3})+\b",
    re.IGNORECASE,
)
# A name in a form of its own: ChatGPT, iPhone, GPT-4.
COINED = re.compile(r"\b(?:[A-Za-z]+[a-z][A-Z]\w*|[a-z][A-Z]\w+|[A-Z]{2,}-\d\w*)\b")
# A name of several words: Ada Lovelace, World Health Organization.
CAPITALISED = re.compile(r"\b[A-Z]\w+(?:-\w+)*(?: [A-Z]\w+(?:-\w+)*)+")


def facts(text: str) -> Iterator[str]:
    """Each fact of a passage, as it stands there.

    A name of one plain word may be anybody's, and the word that begins a sentence
    is capitalised anyway: neither counts as a name. People of a story who have
    first names, or a title with one name, thus need no source.
    """
    yield from (match.group().strip() for match in NUMBER.finditer(text))
    yield from (match.group() for match in COINED.finditer(text))
    for start, end in spans(text):
        yield from _names(text[start:end])


def _names(sentence: str) -> Iterator[str]:
    for match in CAPITALISED.finditer(sentence):
        words = match.group().split()
        if not re.search(r"\w", sentence[: match.start()]):
            words = words[1:]
        if words and words[0].lower() in TITLES:
            words = words[1:]
        if len(words) > 1:
            yield " ".join(words)
