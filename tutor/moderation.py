"""Whether a text may be sent to the outside model, or shown of what came from it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, ValidationError

from tutor import danger, llm
from tutor.receipts import Outside

# A child waits for it, twice.
LONGEST = 10


class Word(StrEnum):
    FINE = "fine"
    FLAGGED = "flagged"
    # Flagged, and somebody may need help.
    DANGER = "danger"
    # It did not come, or makes no sense: that is not fine.
    UNSURE = "unsure"


class _Result(BaseModel):
    model_config = ConfigDict(strict=True)

    flagged: bool
    categories: dict[str, bool | None]


class _Reply(BaseModel):
    results: list[_Result]


def word_on(text: str, outside: Outside) -> Word:
    """The provider's word on a text; our own rules can only make it worse."""
    if danger.noticed(text):
        return Word.DANGER
    longest = min(LONGEST, outside.send("moderation", text))
    try:
        reply = _Reply.model_validate_json(llm.moderated(text, longest))
    except (llm.TryAgain, llm.NotUsable, ValidationError):
        return Word.UNSURE
    if len(reply.results) != 1:
        return Word.UNSURE
    result = reply.results[0]
    found = [name for name, is_found in result.categories.items() if is_found]
    if any(name.startswith("self-harm") or name == "sexual/minors" for name in found):
        return Word.DANGER
    if result.flagged or found:
        return Word.FLAGGED
    return Word.FINE if result.categories else Word.UNSURE
