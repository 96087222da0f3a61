from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from quizzes import grading
from quizzes.forms import AnswersForm
from quizzes.models import Question
from quizzes.sittings import (
    Sitting,
    add_mark,
    new_sitting,
    seed_of_checks,
    sitting_of,
)
from quizzes.views.cards import Page, card_context
from quizzes.views.student import practice_quiz
from tendril.htmx import Request, render_page


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Request, slug: str, key: str) -> HttpResponse:
    """One question asked inside a lesson's text, and its mark."""
    quiz = practice_quiz(slug)
    question = get_object_or_404(
        quiz.questions.current().in_the_text().prefetch_related("choices"), key=key
    )
    sitting = sitting_so_far(request, question)
    page = Page([question], is_all=False)
    if request.method != "POST":
        return show(request, sitting, page)
    form = AnswersForm(request.POST, sitting=sitting, shown=[question])
    if not form.is_valid():
        return show(request, sitting, page, form, status=422)
    if request.user.is_authenticated:
        grading.submit_check(
            student=request.user, question=question, answers=form.answers()
        )
        return redirect("quizzes:check", slug, key)
    for asked, picked in form.answers().items():
        add_mark(sitting, asked, picked)
    return show(request, sitting, page)


def sitting_so_far(request: Request, question: Question) -> Sitting:
    if request.user.is_authenticated:
        attempt = grading.check_attempt(request.user, question)
        if attempt:
            return sitting_of(attempt)
    seed = seed_of_checks(question.quiz)
    return new_sitting(question.quiz, [question], seed=seed)


def show(
    request: Request,
    sitting: Sitting,
    page: Page,
    form: AnswersForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    question = page.shown[0]
    return render_page(
        request,
        "quizzes/check.html",
        card_context(sitting, page, form, question=question),
        fragments={f"check-{question.key}": "check"},
        status=status,
    )
