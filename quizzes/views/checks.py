from __future__ import annotations

from contextlib import suppress

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from quizzes import grading, starting
from quizzes.forms import AnswersForm
from quizzes.marking import seed_of_checks
from quizzes.models import Attempt, Question, Quiz
from quizzes.sittings import Sitting, add_mark, new_sitting
from quizzes.stored_sittings import sitting_of
from quizzes.views.cards import Page, card_context
from tendril.htmx import Request, render_page


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Request, slug: str, key: str) -> HttpResponse:
    """One question asked inside a lesson's text, and its mark."""
    # Also where the end quiz is closed: what the text asks, everybody can read.
    quiz = get_object_or_404(Quiz.objects.published().with_lesson(), slug=slug)
    asked = quiz.questions.current().in_the_text().select_related("marked_by")
    question = get_object_or_404(asked, key=key)
    question.quiz = quiz
    sitting = sitting_so_far(request, question)
    question = version_in(sitting, question)
    page = Page([question], is_all=False)
    if request.method != "POST":
        return show(request, sitting, page)
    form = AnswersForm(request.POST, sitting=sitting, shown=[question])
    if not form.is_valid():
        return show(request, sitting, page, form, status=422)
    if request.user.is_authenticated:
        with suppress(grading.AttemptClosed):  # the first answer is shown instead
            grading.submit_check(
                student=request.user, question=question, answers=form.answers()
            )
        return redirect("quizzes:check", slug, key)
    for asked, picked in form.answers().items():
        add_mark(sitting, asked, picked)
    return show(request, sitting, page)


def sitting_so_far(request: Request, question: Question) -> Sitting:
    if request.user.is_authenticated:
        attempt = starting.check_attempt(request.user, question)
        if attempt:
            return sitting_of(attempt)
    seed = seed_of_checks(question.quiz)
    sitting = new_sitting(question.quiz, [question], seed=seed)
    sitting.purpose = Attempt.Purpose.CHECK
    return sitting


def version_in(sitting: Sitting, question: Question) -> Question:
    """The question, or the older version of it that was asked and its key marks."""
    alike = [q for q in sitting.questions if question.pk in (q.pk, q.marked_by_id)]
    return next((q for q in alike if q.pk in sitting.marks), alike[0])


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
