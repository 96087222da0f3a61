"""What a student typed: as it is kept, and as the rules read it."""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from quizzes.typed_text import EMPTY

MOST = 500
WORDS = Path(__file__).parent / "words"
# Joined to nothing and seen by nobody, though Unicode takes them for letters.
UNSEEN = re.compile(
    "[\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
LATIN_NAME = re.compile(
    r"(?:LATIN|REGIONAL INDICATOR|NEGATIVE (?:SQUARED|CIRCLED) LATIN)"
    r".* ([A-Z])(?: WITH .*)?"
)
# Digits and signs that stand for letters, within a word only.
LEET = str.maketrans("013457@$!|", "oieastasii")
LEET_WITH_L = str.maketrans("013457@$!|", "oleastasll")
LEET_WORD = re.compile(r"\S*[^\W\d_]\S*")
# Where two words are disguised, what looks like a number may be a third one.
DISGUISED = re.compile(
    r"[a-z][013457@$]+[a-z]|\b[013457@$]+[a-z]{2}|[a-z]{2}[013457@$]+\b"
)
SHORT_NUMBER = re.compile(r"(?<!\S)[\d!]{1,2}(?!\S)")
APART = re.compile(r"(?<!\w)[^\W_]([ ._*/-]{1,2})(?:[^\W_]\1)+[^\W_](?!\w)")
WITHIN = re.compile(r"(?<=[^\W_])[._*~^+=/-]+(?=[^\W_])")
ENCODED = re.compile(r"[A-Za-z0-9+/_-]{12,}={0,2}")


class NotReadable(Exception):
    """A text that cannot be asked; the message is for whoever typed it."""


class TooLong(NotReadable):
    """There are more characters than a question may have."""


class Empty(NotReadable):
    """There is nothing to see in the text."""


def read(raw: str) -> str:
    """The text as it is kept: one form for each sign, nothing hidden, single spaces."""
    text = " ".join("".join(map(_seen, unicodedata.normalize("NFKC", raw))).split())
    # Taking hidden signs out brings letters and their accents together.
    text = unicodedata.normalize("NFKC", text)
    if not any(unicodedata.category(char)[0] not in "MZ" for char in text):
        raise Empty(_("Write your question first."))
    if len(text) > MOST:
        message = _("Your question has %(count)s characters. Keep it to %(most)s.")
        raise TooLong(message % {"count": len(text), "most": MOST})
    return text


def _seen(char: str) -> str:
    """Nothing for what is hidden, a space for what is blank."""
    if char.isspace() or char in EMPTY:
        return " "
    is_hidden = unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn")
    return "" if is_hidden or UNSEEN.match(char) else char


def readings(text: str) -> list[str]:
    """Every way to read a text that somebody may have disguised, the plain one first."""
    found: list[str] = []
    for part in (text, *_decoded(text)):
        plain, meant = "".join(map(outline, _bare(part))), _folded(part, LEET)
        found += [plain, meant, _folded(part, LEET_WITH_L)]
        found += [WITHIN.sub("", meant), _folded(part[::-1], LEET)]
    return list(dict.fromkeys(found))


def outline(char: str) -> str:
    """The small Latin letter that a sign looks like, or the sign itself."""
    return _outline(char) if char > "\x7f" or char.isupper() else char


@cache
def _outline(char: str) -> str:
    base = unicodedata.normalize("NFKD", char)[0].lower()[0]
    for sign in (char, base):
        if sign in _lookalikes():
            return _lookalikes()[sign]
        if name := LATIN_NAME.fullmatch(unicodedata.name(sign, "")):
            return name[1].lower()
    return base if base.isalpha() else char


@cache
def _lookalikes() -> dict[str, str]:
    lines = (WORDS / "danger-lookalikes.txt").read_text().splitlines()
    pairs = [(sign, line[0]) for line in lines for sign in line[2:]]
    return dict(pairs) | {sign.upper(): letter for sign, letter in pairs}


def _bare(text: str) -> str:
    """Without accents and hidden signs, which stand between letters or on them."""
    if text.isascii() and text.isprintable():
        return text
    text = "".join(map(_seen, unicodedata.normalize("NFKC", text)))
    return "".join(char for char in text if unicodedata.category(char) != "Mn")


def _folded(text: str, leet: dict[int, int]) -> str:
    text = "".join(outline(char) for char in _bare(text))
    text = APART.sub(lambda apart: re.sub(r"[\W_]", "", apart[0]), text)
    if len(DISGUISED.findall(text)) > 1:
        text = SHORT_NUMBER.sub(lambda number: number[0].translate(leet), text)
    return LEET_WORD.sub(lambda word: _without_leet(word[0], leet), text)


def _without_leet(word: str, leet: dict[int, int]) -> str:
    # A sign behind the word ends a sentence.
    core = word.rstrip("!|")
    return core.translate(leet) + word[len(core) :]


def _decoded(text: str) -> Iterator[str]:
    """Texts that stand in a text in base64."""
    for run in ENCODED.findall(text):
        letters = run.rstrip("=").replace("-", "+").replace("_", "/")
        try:
            found = base64.b64decode(letters + "=" * (-len(letters) % 4)).decode()
        except ValueError:
            continue
        if found.isprintable() and sum(map(str.isalpha, found)) > len(found) / 2:
            yield found
