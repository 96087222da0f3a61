"""What a page of a quiz shows: questions, marks, or the result."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import QueryDict

from quizzes.answers import Answer
from quizzes.carrying import to_token
from quizzes.forms import AnswersForm, field_name
from quizzes.marking import draw_of, kind_of
from quizzes.marks import Mark
from quizzes.models import Question, Response
from quizzes.results import Result
from quizzes.sittings import Sitting

NUMBER = re.compile(r"[1-9][0-9]{0,2}\Z")


@dataclass(frozen=True)
class Item:
    """A question on a page: to be answered, or with its mark."""

    number: int
    question: Question
    mark: Mark | None
    name: str
    picked: list[str]
    seed: int
    is_open: bool
    has_hint_open: bool
    may_open_hint: bool
    errors: Sequence[str] = ()

    @property
    def pk(self) -> int:
        return self.question.pk

    @property
    def is_wrong_shape(self) -> bool:
        return bool(self.errors)

    @cached_property
    def ask(self) -> Any:
        draw = draw_of(self.seed, self.question)
        return kind_of(self.question).ask(self.question.body, self.picked, draw)

    @property
    def template(self) -> str:
        return f"{kind_of(self.question).TEMPLATE}#ask"

    @property
    def readable(self) -> str:
        """What was answered, where its mark is not shown yet."""
        return kind_of(self.question).readable(self.question.body, self.picked)


@dataclass(frozen=True)
class Late:
    """An answer that came after the time."""

    number: int
    response: Response


@dataclass(frozen=True)
class Page:
    """Which questions of a sitting are on the page; none means the end of it."""

    shown: list[Question] = field(default_factory=list)
    is_all: bool = False

    @classmethod
    def of(cls, sitting: Sitting, params: QueryDict, key: str = "question") -> Page:
        """Read ``?question=3`` and ``?view=all``; else the first one still open."""
        if params.get("view") == "all":
            is_over = sitting.is_handed_in
            return cls([] if is_over else list(sitting.questions), True)
        number = params.get(key, "")
        if NUMBER.match(number) and int(number) <= len(sitting.questions):
            return cls([sitting.questions[int(number) - 1]])
        # Where nothing is marked before the end, one may look over it all first.
        is_overview = number == "0" and not sitting.rules.marks_at_once
        current = None if is_overview else sitting.next_question()
        return cls([current] if current else [])


def card_context(
    sitting: Sitting, page: Page, form: AnswersForm | None = None, **more: Any
) -> dict[str, Any]:
    form = form or AnswersForm(sitting=sitting, shown=page.shown)
    items = [item_of(sitting, question, form) for question in page.shown]
    number = items[-1].number if items else 0
    return {
        "sitting": sitting,
        "quiz": sitting.quiz,
        "lesson": sitting.quiz.lesson if sitting.quiz else None,
        "page": page,
        "items": items,
        "form": form,
        "has_open": any(item.is_open for item in items),
        "left_open": len(sitting.questions) - sitting.answered,
        "next_number": number + 1 if number < len(sitting.questions) else None,
        "token": "" if sitting.is_stored else to_token(sitting),
        "result": Result(sitting),
        "late": late_on(sitting, page),
        "notice": "",
        **more,
    }


def item_of(sitting: Sitting, question: Question, form: AnswersForm) -> Item:
    name = field_name(question)
    is_open = not sitting.is_settled(question)
    has_hint_open = sitting.has_hint_open(question)
    return Item(
        number=sitting.number_of(question),
        question=question,
        mark=sitting.mark_of(question),
        name=name,
        picked=picked_of(sitting, question, form),
        seed=sitting.seed,
        is_open=is_open,
        has_hint_open=has_hint_open,
        may_open_hint=bool(
            question.hint and sitting.rules.has_hints and is_open and not has_hint_open
        ),
        errors=[str(error) for error in form.errors.get(name, ())],
    )


def picked_of(sitting: Sitting, question: Question, form: AnswersForm) -> Answer:
    if mark := sitting.marks.get(question.pk):
        return mark.answer
    if sitting.is_settled(question):
        return sitting.drafts.get(question.pk, [])
    return form.picked(question)


def late_on(sitting: Sitting, page: Page) -> list[Late]:
    """What came too late to what is on the page; on the last page, all of it."""
    asked = page.shown or sitting.questions
    return [
        Late(sitting.number_of(question), sitting.late[question.pk])
        for question in asked
        if question.pk in sitting.late
    ]


def picked_before(params: QueryDict) -> dict[str, Any]:
    """Choices named in the address, so that a sign-in on the way loses none."""
    return {name: params.getlist(name) for name in params if name.startswith("q")}
