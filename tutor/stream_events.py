"""What the outside model's server says while it writes, as far as it is read."""

from __future__ import annotations

from pydantic import BaseModel, Field


class Delta(BaseModel):
    content: str | None = None


class Choice(BaseModel):
    delta: Delta = Delta()
    finish_reason: str | None = None


class Usage(BaseModel):
    total_tokens: int = Field(gt=0, lt=1_000_000)


class Event(BaseModel):
    choices: list[Choice] = []
    usage: Usage | None = None
