from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from quizzes import grading, starting
from quizzes.answers import NotAnAnswer
from quizzes.forms import AnswersForm, field_name
from quizzes.marking import read, seed_of_checks
from quizzes.models import Attempt, Question
from quizzes.sittings import Sitting, add_mark, new_sitting
from quizzes.stored_sittings import sitting_of
from quizzes.views.cards import Page, card_context
from tendril.htmx import Request, render_page


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: Request, slug: str, key: str) -> HttpResponse:
    """One question asked inside a lesson's text, and its mark."""
    # Also where the end quiz is closed: what the text asks, everybody can read.
    asked = Question.objects.current().in_the_text().filter(quiz__retired_at=None)
    asked = asked.select_related("marked_by", "quiz__lesson__track")
    asked = asked.defer("quiz__lesson__html")
    question = get_object_or_404(asked, quiz__slug=slug, key=key)
    if request.method == "POST" and keep_at_once(request, question):
        return redirect("quizzes:check", slug, key)
    sitting = sitting_so_far(request, question)
    question = version_in(sitting, question)
    page = Page([question], is_all=False)
    if request.method != "POST":
        return show(request, sitting, page)
    form = AnswersForm(request.POST, sitting=sitting, shown=[question])
    if not form.is_valid():
        return show(request, sitting, page, form, status=422)
    if request.user.is_authenticated:
        return redirect("quizzes:check", slug, key)
    for asked_one, picked in form.answers().items():
        add_mark(sitting, asked_one, picked)
    return show(request, sitting, page)


def keep_at_once(request: Request, question: Question) -> bool:
    """Whether an answer is kept in an account; the first one stands."""
    raw = request.POST.getlist(field_name(question))
    try:
        answer = read(question, raw) if request.user.is_authenticated else []
    except NotAnAnswer:
        return False
    if answer:
        grading.submit_check(
            student=request.user, question=question, answers={question: answer}
        )
    return bool(answer)


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
