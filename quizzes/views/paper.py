from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from lessons.public_pages import public_page, render_public
from quizzes.answers import Answer, Body, Kind
from quizzes.marking import draw_of, kind_of
from quizzes.models import Assignment, Question, Quiz
from quizzes.starting import asked_of
from quizzes.views.student import practice_quiz
from tendril.htmx import Request, render_page
from tendril.qr import qr_code


@dataclass(frozen=True)
class Printed:
    """A question in a document that may have it more than once; told apart by its id."""

    pk: str
    kind: str


@dataclass(frozen=True)
class Drawn:
    """One of several right answers."""

    printed: Printed
    shown: Any


@dataclass(frozen=True)
class Line:
    """A question on a sheet; the seed orders its choices as on the answer key."""

    question: Question
    seed: int

    @property
    def printed(self) -> Printed:
        return Printed(f"{self.question.pk}", self.question.kind)

    @property
    def asked(self) -> Any:
        draw = draw_of(self.seed, self.question)
        return self.kind.ask(self.question.body, [], draw)

    @property
    def shown(self) -> Any:
        """Its right answer, redrawn."""
        return self.redrawn(self.kind.right(self.key))

    @property
    def others(self) -> list[Drawn]:
        """What is right as a whole, too, each redrawn."""
        pk, kind = f"{self.printed.pk}-or", self.question.kind
        return [
            Drawn(Printed(f"{pk}-{number}", kind), self.redrawn(answer))
            for number, answer in enumerate(self.key.get("also_right", ()), 1)
        ]

    def redrawn(self, answer: Answer) -> Any:
        draw = draw_of(self.seed, self.question)
        return self.kind.redraw(self.key, answer, draw)

    @property
    def key(self) -> Body:
        """What marks it."""
        return self.question.marking_version.body

    @property
    def kind(self) -> Kind:
        return kind_of(self.question)

    @property
    def paper_template(self) -> str:
        return f"{self.kind.TEMPLATE}#paper"

    @property
    def key_template(self) -> str:
        return f"{self.kind.TEMPLATE}#key"


@public_page
def print_quiz(request: HttpRequest, slug: str) -> HttpResponse:
    quiz = practice_quiz(slug)
    code = qr_code(quiz.get_absolute_url())
    context = sheet_of(quiz) | {"qr": code, "assignment": None}
    return render_public("quizzes/print.html", context, language=quiz.language)


@require_safe
def key(request: Request, slug: str) -> HttpResponse:
    """The answers on a sheet of their own, for whoever staff made a teacher.

    A closed quiz's, for whoever of them was given a class that takes it, and staff.
    With ?assignment= only what that one asks.
    """
    person, closed = request.user, Quiz.objects.published().closed()
    given = list(Assignment.objects.taught_by(person).filter(quiz__slug=slug))
    named = request.GET.get("assignment")
    wanted = next((each for each in given if str(each.pk) == named), None)
    if person.is_staff or (person.may_teach and given):
        quiz = closed.with_lesson().filter(slug=slug).first()
        if quiz:
            return show_key(request, quiz, wanted, wanted or next(iter(given), None))
    if not person.may_teach:
        raise PermissionDenied
    return show_key(request, practice_quiz(slug), wanted, wanted)


def show_key(
    request: Request, quiz: Quiz, asked: Assignment | None, back: Assignment | None
) -> HttpResponse:
    context = sheet_of(quiz, asked) | {"assignment": back}
    return render_page(request, "quizzes/key.html", context)


@require_safe
def assignment_print(request: Request, assignment_id: int) -> HttpResponse:
    """The sheet of a quiz for a class: a closed one has no other."""
    mine = Assignment.objects.taught_by(request.user).with_content()
    given = get_object_or_404(mine, pk=assignment_id)
    if given.quiz is None:
        raise Http404
    code = qr_code(given.get_absolute_url())
    context = sheet_of(given.quiz, given) | {"qr": code, "assignment": given}
    return render_page(request, "quizzes/print.html", context)


def sheet_of(quiz: Quiz, given: Assignment | None = None) -> dict[str, object]:
    """All that the quiz asks at the end, or what is given of it."""
    asked = asked_of(given) if given else quiz.questions.current().at_the_end()
    lines = [Line(question, quiz.pk) for question in asked.select_related("marked_by")]
    return {"quiz": quiz, "lesson": quiz.lesson, "lines": lines}
