"""Where sentences begin and end, and the words in them."""

from __future__ import annotations

import re

END = re.compile(r"[.!?\u2026]+[\"'\u201d\u2019\u00bb)\]]*(?=\s)")
OPENING = "\"'\u201c\u2018\u00ab([\u00bf\u00a1"
# After these a full stop never ends a sentence,
TITLES = frozenset(
    [
        *("mr", "mrs", "ms", "mx", "dr", "prof", "st", "sr", "sra", "dra"),
        *("vs", "cf", "e.g", "i.e", "approx", "fig", "vol", "pp"),
    ]
)
# and after these it does not when a number follows.
BEFORE_NUMBERS = frozenset(["no", "nos", "p", "nr", "ch"])
WORD = re.compile(r"\w+(?:[-'\u2019.,]\w+)*")


def spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, without the space between them."""
    found, start = [], 0
    for match in END.finditer(text):
        if _ends_sentence(text, match):
            found.append((start, match.end()))
            start = match.end()
    found.append((start, len(text)))
    return [span for a, b in found if (span := _stripped(text, a, b))]


def words(text: str) -> list[str]:
    return WORD.findall(text)


def _stripped(text: str, start: int, end: int) -> tuple[int, int] | None:
    part = text[start:end]
    if not part.strip():
        return None
    start += len(part) - len(part.lstrip())
    return start, start + len(part.strip())


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    following = text[match.end() :].lstrip().lstrip(OPENING)
    if not following or following[0].islower():
        return False
    if match.group()[0] != "." or match.group().startswith(".."):
        return True
    before = re.split(r"[\s(\[\"'\u201c\u2018]", text[: match.start()])
    word = before[-1].lower()
    if word in TITLES or (word in BEFORE_NUMBERS and following[0].isdigit()):
        return False
    return not _is_initial(before, following)


def _is_initial(before: list[str], following: str) -> bool:
    """A letter of a name, as in "J. R. Smith"; "Plan B." ends a sentence."""
    if not re.fullmatch(r"[A-HJ-Z]", before[-1]):
        return False
    first_of_all = len(before) == 1
    return first_of_all or any(
        re.match(r"[A-Z]\.", beside) for beside in (before[-2], following)
    )
