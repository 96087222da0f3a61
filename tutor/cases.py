"""A file of cases, by which it is counted how often the tutor is right."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter


class Case(BaseModel):
    """Strict, but for keys of others, which are left alone."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")

    # The texts themselves, or the slug of a lesson in the folder of lessons.
    passages: list[str] | None = None
    lesson: str = ""
    question: str
    tag: str = ""


class QuestionCase(Case):
    kind: Literal["question"]
    answers: list[str] | None = None
    on_lesson: bool


class ClaimCase(Case):
    kind: Literal["claim"]
    sentence: str
    quote: str
    supported: bool


AnyCase = Annotated[QuestionCase | ClaimCase, Field(discriminator="kind")]
CASE: TypeAdapter[QuestionCase | ClaimCase] = TypeAdapter(AnyCase)
