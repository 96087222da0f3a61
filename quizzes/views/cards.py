"""What a page of a quiz shows: questions, marks, or the result."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.http import QueryDict

from quizzes.carrying import to_token
from quizzes.forms import AnswersForm, field_name
from quizzes.models import Question
from quizzes.sittings import Mark, Sitting

NUMBER = re.compile(r"[1-9][0-9]{0,2}\Z")


@dataclass(frozen=True)
class Item:
    number: int
    question: Question
    mark: Mark | None
    field: BoundField | None
    has_hint_open: bool


@dataclass(frozen=True)
class Page:
    """Which questions of a sitting are on the page; none means the result."""

    shown: list[Question]
    is_all: bool

    @classmethod
    def of(cls, sitting: Sitting, params: QueryDict, key: str = "question") -> Page:
        """Read ``?question=3`` and ``?view=all``; else the first one still open."""
        if params.get("view") == "all":
            return cls([] if sitting.is_finished else list(sitting.questions), True)
        number = params.get(key, "")
        if NUMBER.match(number) and int(number) <= len(sitting.questions):
            return cls([sitting.questions[int(number) - 1]], False)
        current = sitting.next_question()
        return cls([current] if current else [], False)


def card_context(
    sitting: Sitting, page: Page, form: AnswersForm | None = None, **more: Any
) -> dict[str, Any]:
    form = form or AnswersForm(sitting=sitting, shown=page.shown)
    items = [_item(sitting, question, form) for question in page.shown]
    number = items[-1].number if items else 0
    return {
        "sitting": sitting,
        "quiz": sitting.quiz,
        "lesson": sitting.quiz.lesson,
        "page": page,
        "items": items,
        "form": form,
        "next_number": number + 1 if number < len(sitting.questions) else None,
        "token": "" if sitting.is_stored else to_token(sitting),
        **more,
    }


def _item(sitting: Sitting, question: Question, form: AnswersForm) -> Item:
    name = field_name(question)
    return Item(
        number=sitting.number_of(question),
        question=question,
        mark=sitting.mark_of(question),
        field=form[name] if name in form.fields else None,
        has_hint_open=question.key in sitting.hinted,
    )


def picked_before(params: QueryDict) -> dict[str, Any]:
    """Choices named in the address, so that a sign-in on the way loses none."""
    return {name: params.getlist(name) for name in params if name.startswith("q")}
