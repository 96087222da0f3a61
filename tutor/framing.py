"""What stands around a claim and is none: "The lesson says that", "Yes,"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from tutor.wording import listed, plain


class Answer(StrEnum):
    NONE = ""
    YES = "yes"
    NO = "no"


@dataclass(frozen=True)
class Framed:
    answer: Answer
    claim: str


def unframed(sentence: str, language: str) -> Framed:
    """The claim in a sentence, and whether it answers yes or no as well."""
    claim = plain(sentence)
    for frame in _frames(language):
        claim = frame.sub("", claim)
    first, comma, rest = claim.partition(", ")
    if comma and first.casefold() in (Answer.YES, Answer.NO):
        return Framed(Answer(first.casefold()), rest)
    return Framed(Answer.NONE, claim)


@cache
def _frames(language: str) -> list[re.Pattern[str]]:
    sources, verbs, links, openings = (
        "|".join(line.split()) for line in listed("framing-words", language)
    )
    source = rf"(?:the|this|your) (?:given |provided )?(?:{sources})s?"
    frames = [
        r"^\d+[.)] ",
        rf"^(?:{openings}), ",
        rf"^(?:{links}) {source},? ",
        rf"^(?:as )?{source} (?:also )?(?:{verbs})(?: us| you)?(?: that|,|:) ",
        rf",? (?:{links}) {source}(?=[.!]?$)",
    ]
    return [re.compile(frame, re.IGNORECASE) for frame in frames]
