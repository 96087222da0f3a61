from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lessons.handout import qr_code
from lessons.public_pages import public_page, render_public
from quizzes.models import Quiz
from quizzes.views.student import practice_quiz
from tendril.htmx import Request, render_page


@public_page
def print_quiz(request: HttpRequest, slug: str) -> HttpResponse:
    quiz = practice_quiz(slug)
    context = sheet_of(quiz) | {"qr": qr_code(quiz.get_absolute_url())}
    return render_public("quizzes/print.html", context, language=quiz.language)


@require_safe
def key(request: Request, slug: str) -> HttpResponse:
    """The answers on a sheet of their own, for whoever staff made a teacher."""
    if not request.user.may_teach:
        raise PermissionDenied
    return render_page(request, "quizzes/key.html", sheet_of(practice_quiz(slug)))


def sheet_of(quiz: Quiz) -> dict[str, object]:
    questions = quiz.questions.current().at_the_end().prefetch_related("choices")
    return {"quiz": quiz, "lesson": quiz.lesson, "questions": questions}
