from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from quizzes.answers import Answer, NotAnAnswer
from quizzes.marking import read
from quizzes.models import Question
from quizzes.paper_sheets import Paper
from quizzes.paper_typing import read_typed
from quizzes.scores import points_text
from quizzes.sittings import Sitting
from quizzes.typed_text import has_control_signs, shows_nothing, without_halves

NAME = re.compile(r"q[0-9]{1,18}\Z")


def field_name(question: Question) -> str:
    return f"q{question.pk}"


class EveryValue(forms.MultipleHiddenInput):
    """Reads all that was sent under a name; the kind's template shows the inputs."""


class AnswerField(forms.Field):
    widget = EveryValue
    default_error_messages = {
        "required": _("Give an answer first."),
    }

    def __init__(self, question: Question, **kwargs: Any) -> None:
        super().__init__(label=question.stem, **kwargs)
        self.question = question

    def clean(self, value: list[str] | None) -> Answer:
        try:
            answer = read(self.question, value or [])
        except NotAnAnswer as error:
            raise forms.ValidationError(error.args[0]) from error
        if self.required and not answer:
            raise forms.ValidationError(self.error_messages["required"])
        return answer


class AnswersForm(forms.Form):
    """The questions on a page that have no marked answer yet.

    One at least is answered. An answer to a question that is marked already is
    passed over, so that a form sent twice is as good as one sent once.
    """

    must_answer = True

    def __init__(
        self, *args: Any, sitting: Sitting, shown: Sequence[Question], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sitting = sitting
        # Of what is handed in already, grading says whether it may still come.
        is_over = sitting.is_stored and sitting.is_handed_in
        self.open = [q for q in shown if is_over or q.pk not in sitting.marks]
        for question in self.open:
            is_required = self.must_answer and len(self.open) == 1
            field = AnswerField(question, required=is_required)
            self.fields[field_name(question)] = field

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        named = {name for name in self.data if NAME.match(name)}
        known = {field_name(question): question for question in self.sitting.questions}
        if named - known.keys():
            raise forms.ValidationError(
                _("That question is not part of this quiz. Answer one shown here.")
            )
        sent_before = any(known[name].pk in self.sitting.marks for name in named)
        is_enough = not self.must_answer or self.answers() or sent_before
        if not (self.errors or is_enough or not self.open):
            first = self.fields[field_name(self.open[0])]
            self.add_error(field_name(self.open[0]), first.error_messages["required"])
        return data

    def answers(self) -> dict[Question, Answer]:
        return {q: answer for q in self.open if (answer := self._answer_to(q))}

    def _answer_to(self, question: Question) -> Answer | None:
        return self.cleaned_data.get(field_name(question))

    def picked(self, question: Question) -> Answer:
        """What its inputs show: as sent, as named in the address, or as saved."""
        name = field_name(question)
        given: Mapping[str, Any] = self.data if self.is_bound else self.initial
        if isinstance(given, QueryDict):
            return given.getlist(name)
        return given.get(name) or self.sitting.drafts.get(question.pk, [])


class DraftsForm(AnswersForm):
    """What is filled in so far; all of it may be empty."""

    must_answer = False

    def drafts(self) -> dict[Question, Answer]:
        """An empty answer takes back what was filled in before."""
        drafts = {question: self._answer_to(question) for question in self.open}
        return {q: answer for q, answer in drafts.items() if answer is not None}

    def not_kept(self) -> list[int]:
        """Numbers of the questions whose inputs hold no whole answer yet."""
        broken = [q for q in self.open if field_name(q) in self.errors]
        return [self.sitting.number_of(question) for question in broken]


class TypedField(forms.CharField):
    """An answer typed in from paper."""

    def __init__(self, question: Question, seed: int) -> None:
        super().__init__(label=question.stem, required=False)
        self.question, self.seed = question, seed

    def clean(self, value: Any) -> Answer:
        try:
            return read_typed(self.question, super().clean(value), self.seed)
        except NotAnAnswer as error:
            parts = {"what": error.args[0]}
            raise forms.ValidationError(
                _("%(what)s If the sheet has no such answer, leave this empty."),
                params=parts,
            ) from error


class SheetForm(forms.Form):
    """A sheet of paper; what is left empty is not answered."""

    # Pressed on purpose: an empty row may as well be a child who was not there.
    is_empty = forms.BooleanField(required=False)

    def __init__(self, *args: Any, paper: Paper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paper = paper
        for question in paper.questions:
            self.fields[field_name(question)] = TypedField(question, paper.sheet.seed)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        may_be_empty = data.get("is_empty") or self.paper.is_typed_in
        if not (self.errors or self.answers() or may_be_empty):
            self.add_error(
                "is_empty",
                _(
                    "Type at least one answer. If the sheet came back empty, "
                    "press “Handed in empty”."
                ),
            )
        return data

    def answers(self) -> dict[Question, Answer]:
        typed = ((q, self.cleaned_data[field_name(q)]) for q in self.paper.questions)
        return {question: answer for question, answer in typed if answer}


class FewWords(forms.CharField):
    """What somebody else reads as it was written."""

    default_error_messages = {
        "max_length": _("Use 500 characters at most; you wrote %(show_value)d."),
        "control": _(
            "There is a control character in this text. "
            "Type it again instead of pasting it."
        ),
    }

    def __init__(self, *, max_length: int = 500, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return "" if shows_nothing(text) else text

    def validate(self, value: str) -> None:
        super().validate(value)
        if has_control_signs(value):
            raise forms.ValidationError(self.error_messages["control"], "control")

    def bound_data(self, data: Any, initial: Any) -> Any:
        return without_halves(data or "")


class DisputeForm(forms.Form):
    """A student's word on a mark; several may stand in one form around them."""

    why = FewWords(
        error_messages={"required": _("Say in a few words why you think so.")}
    )


class SettlingForm(forms.Form):
    """Whether an answer is right after all, and a word to whoever said so."""

    decision = forms.ChoiceField(
        choices=[("accept", _("Accept")), ("decline", _("Decline"))],
        error_messages={
            "required": _("Press one of the two buttons."),
            "invalid_choice": _("Press one of the two buttons."),
        },
    )
    word = FewWords(required=False)

    @property
    def accepts(self) -> bool:
        return bool(self.cleaned_data["decision"] == "accept")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        is_mute = said.get("decision") == "decline" and not said.get("word")
        if is_mute and "word" not in self.errors:
            self.add_error("word", _("Say in a few words why it stays wrong."))
        return said


class KeyForm(forms.Form):
    """Why past answers are marked again."""

    reason = FewWords(
        error_messages={
            "required": _("Say in a few words what was wrong with the old key.")
        }
    )


class Points(forms.DecimalField):
    """Read with a point and with a comma."""

    default_error_messages = {
        "invalid": _("Write the points as a number, such as 7 or 7.5."),
        "max_decimal_places": _("Write two digits behind the point at the most."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=6, decimal_places=2, **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.strip().replace(",", ".")
        return super().to_python(value)


class OverrideForm(forms.Form):
    """Another score, excused, or neither any more; and why."""

    decision = forms.ChoiceField(
        choices=[
            ("score", _("Let this score count")),
            ("excuse", _("Excuse")),
            ("take-back", _("Let the answers count again")),
        ],
        error_messages={
            "required": _("Press one of the buttons. Nothing was changed."),
            "invalid_choice": _("Press one of the buttons. Nothing was changed."),
        },
    )
    score = Points(required=False)
    reason = FewWords(
        max_length=300,
        error_messages={
            "required": _("Say in a few words why. The student reads it, too."),
            "max_length": _("Use 300 characters at most; you wrote %(show_value)d."),
        },
    )

    def __init__(self, *args: Any, most: Decimal | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = most

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("decision") == "score" and "score" not in self.errors:
            self._check(said.get("score"))
        elif said.get("decision") != "score":
            # What stands there still is not what was asked for.
            self.errors.pop("score", None)
        return said

    def _check(self, score: Decimal | None) -> None:
        if self.most is None:
            self.add_error("score", _("There are no points to give here. Excuse."))
        elif score is None:
            self.add_error("score", _("Write how many points count."))
        elif not 0 <= score <= self.most:
            message = _("Write a number from 0 to %(most)s.")
            self.add_error("score", message % {"most": points_text(self.most)})
