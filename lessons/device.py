"""What a device hands over, item by item, and what became of each."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

# No device had Tendril before: an older date is a clock that was never set.
FIRST_DAY = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
LONGEST_ID = 64

Slug = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,90}$")]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,80}$")]

# Of an answer: a key, or what somebody wrote.
Piece = Annotated[str, StringConstraints(max_length=200)]


class Reason(models.TextChoices):
    """Why an item was not taken; the sentence is for the person reading it."""

    GARBLED = "garbled", _("This entry is damaged and cannot be read.")
    REFUSED = "refused", _("This entry cannot be added to your account.")
    UNDONE = "undone", _("You undid adding this, so it was not added again.")
    UNKNOWN_LESSON = "unknown-lesson", _("This lesson is not here any more.")
    UNKNOWN_PASSAGE = "unknown-passage", _("This sentence is not in the lesson now.")
    UNKNOWN_QUIZ = "unknown-quiz", _("This quiz is not here any more.")
    UNKNOWN_QUESTION = "unknown-question", _("This question is not in the quiz.")
    UNKNOWN_CHOICE = "unknown-choice", _("This answer does not fit its question.")


class Item(BaseModel):
    """One thing that happened on a device, under an id the device made."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: UUID
    happened_at: AwareDatetime

    def moment(self, received_at: dt.datetime) -> dt.datetime:
        """When it happened, as far as a clock that may be wrong can be believed."""
        return min(max(self.happened_at, FIRST_DAY), received_at).astimezone(dt.UTC)


class ReadingItem(Item):
    kind: Literal["opened", "reached", "finished"]
    lesson: Slug
    passage: Key | Literal[""] = ""


class AnsweredItem(Item):
    """An answer given while signed out. It carries no mark: the server marks it."""

    kind: Literal["answered"]
    attempt: UUID
    quiz: Slug
    question: Key
    version: Annotated[int, Field(ge=1, le=32767)]
    answer: Annotated[list[Piece], Field(max_length=30)]
    with_hint: bool = False
    # Devices of old do not say it: their questions do.
    purpose: Literal["quiz", "check", "review", ""] = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    id: str
    status: Literal["added", "known", "rejected"]
    reason: Reason | None = None

    @classmethod
    def added(cls, item: Item) -> Outcome:
        return cls(str(item.id), "added")

    @classmethod
    def known(cls, item: Item) -> Outcome:
        """It is here already: a second sending, or another tab was faster."""
        return cls(str(item.id), "known")

    @classmethod
    def rejected(cls, item: Item, reason: Reason) -> Outcome:
        return cls(str(item.id), "rejected", reason)

    def as_json(self) -> dict[str, str]:
        found = {"id": self.id, "status": self.status}
        if self.reason:
            found |= {"reason": self.reason.value, "message": str(self.reason.label)}
        return found


any_item: TypeAdapter[ReadingItem | AnsweredItem] = TypeAdapter(
    Annotated[ReadingItem | AnsweredItem, Field(discriminator="kind")]
)


def read_item(raw: object) -> ReadingItem | AnsweredItem | Outcome:
    """The item that a piece of JSON stands for, or why it stands for none."""
    try:
        # Through JSON again, since only there strict means no numbers as text.
        return any_item.validate_json(json.dumps(raw), strict=True)
    except (ValidationError, RecursionError):
        return Outcome(claimed_id(raw), "rejected", Reason.GARBLED)


def claimed_id(raw: Any) -> str:
    given = raw.get("id") if isinstance(raw, dict) else None
    return given if isinstance(given, str) and len(given) <= LONGEST_ID else ""
