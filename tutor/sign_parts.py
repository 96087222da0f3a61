"""How a pattern of words is written, as danger-self-harm.en.txt says, and read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tutor.stemmed_line import file_lines, stemmed

TOKEN = re.compile(r"[!-]\(|[()?|^$]|\.{2,3}|___|<\w+>|\w+")
ANY, OTHERS = "[^ .]+ ", "(?!(?:i|me|my|us|we) )[^ .]+ "
SIGNS = {
    "..": f"(?:{ANY}){{0,2}}",
    "...": f"(?:{ANY}){{0,6}}",
    "___": f"(?:{OTHERS}){{0,6}}",
    "^": r"(?:^|(?<=\. ))",
    "$": r"(?=\. )",
}
# Words that a text must have, in one of several ways.
Ways = tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Part:
    """A piece of a pattern, and the words it needs unless that is open."""

    regex: str
    ways: Ways = ()
    # One of these, where it is nothing but words.
    phrases: tuple[str, ...] = ()
    may_be_missing: bool = False

    def stands_in(self, text: str) -> bool:
        if self.phrases:
            return any(f" {phrase}" in f" {text}" for phrase in self.phrases)
        return bool(compiled(self.regex).search(text))


@cache
def compiled(regex: str) -> re.Pattern[str]:
    return re.compile("(?<![^ ])" + regex)


def parts_of(source: str) -> list[Part]:
    parts = list(_sequence(tokens := TOKEN.findall(source)))
    if tokens or TOKEN.sub("", source).strip():
        raise ValueError(f"This is not how signs are written: {source}")
    return parts


def _sequence(tokens: list[str], *, is_phrase: bool = False) -> Iterator[Part]:
    """The parts up to the end of the tokens, or of the phrase in brackets."""
    while tokens and tokens[0] not in (")", "|"):
        part = _one(tokens) if is_phrase else _choice(tokens)
        if tokens and tokens[0] == "?":
            tokens.pop(0)
            part = Part(f"(?:{part.regex})?", may_be_missing=True)
        yield part


def _choice(tokens: list[str]) -> Part:
    """One of the words with bars between; in brackets bars part whole phrases."""
    choices = [_one(tokens)]
    while tokens[:1] == ["|"]:
        tokens.pop(0)
        choices.append(_one(tokens))
    return _one_of(choices)


def _one(tokens: list[str]) -> Part:
    piece = tokens.pop(0)
    if piece == "!(":
        return Part(f"(?!{_phrases(tokens).regex})")
    if piece == "-(":
        words = sorted(word for way in _phrases(tokens).ways for word in way)
        return Part("".join(f"(?<!{word} )" for word in words))
    if piece == "(":
        return _phrases(tokens)
    return Part(SIGNS[piece]) if piece in SIGNS else _word(piece)


def _phrases(tokens: list[str]) -> Part:
    choices = [joined(list(_sequence(tokens, is_phrase=True)))]
    while tokens.pop(0) == "|":
        choices.append(joined(list(_sequence(tokens, is_phrase=True))))
    return _one_of(choices)


def _word(token: str) -> Part:
    if token.startswith("<"):
        return _class(token[1:-1])
    words = stemmed(token.replace("_", " "))
    return Part(words, (frozenset(words.split()),), (words,))


@cache
def _class(name: str) -> Part:
    entries = dict(line.split(": ", 1) for line in file_lines("danger-classes.en.txt"))
    return _one_of([joined(parts_of(phrase)) for phrase in entries[name].split(", ")])


def joined(parts: list[Part]) -> Part:
    regex = "".join(part.regex for part in parts)
    must = [part.ways for part in parts if part.ways and not part.may_be_missing]
    single = [ways[0] for ways in must if len(ways) == 1]
    ways = (frozenset[str]().union(*single),) if single else must[0] if must else ()
    if len(parts) == 1:
        return Part(regex, ways, parts[0].phrases)
    is_phrase = all(len(part.phrases) == 1 for part in parts)
    return Part(regex, ways, (regex,) if is_phrase else ())


def _one_of(choices: list[Part]) -> Part:
    if len(choices) == 1:
        return choices[0]
    # Without the doubles that spelling brings about.
    regex = "|".join(dict.fromkeys(choice.regex for choice in choices))
    ways = dict.fromkeys(way for choice in choices for way in choice.ways)
    phrases = dict.fromkeys(words for choice in choices for words in choice.phrases)
    is_open = any(not choice.ways for choice in choices)
    is_words = all(choice.phrases for choice in choices)
    return Part(
        f"(?:{regex})",
        () if is_open else tuple(ways),
        tuple(phrases) if is_words else (),
    )
