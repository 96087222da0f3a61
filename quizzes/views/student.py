from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from quizzes import grading
from quizzes.carrying import SittingLost, sitting_from
from quizzes.forms import NAME, AnswersForm
from quizzes.models import Attempt, Question, Quiz
from quizzes.sittings import Sitting, add_mark, new_sitting, sitting_of
from quizzes.views.cards import Page, card_context, picked_before
from tendril.htmx import Request, render_page


def practice_quiz(slug: str) -> Quiz:
    return get_object_or_404(Quiz.objects.practice().with_lesson(), slug=slug)


@login_not_required
@require_safe
def quiz(request: Request, slug: str) -> HttpResponse:
    return introduce(request, practice_quiz(slug))


def introduce(
    request: Request, quiz: Quiz, *, status: int = 200, has_lost_place: bool = False
) -> HttpResponse:
    context: dict[str, Any] = {
        "quiz": quiz,
        "lesson": quiz.lesson,
        "question_count": quiz.questions.current().at_the_end().count(),
        "has_lost_place": has_lost_place,
    }
    if request.user.is_authenticated:
        mine = quiz.attempts.made_by(request.user).filter(purpose=Attempt.Purpose.QUIZ)
        context["open_attempt"] = mine.open().with_answered().first()
        context["last_attempt"] = mine.handed_in().first()
    return render_page(
        request, "quizzes/quiz.html", context, fragments=["quiz-card"], status=status
    )


@login_not_required
@require_POST
def start(request: Request, slug: str) -> HttpResponse:
    quiz = practice_quiz(slug)
    if request.user.is_authenticated:
        attempt = grading.start(quiz=quiz, student=request.user)
        return redirect_to_card(request, attempt)
    questions = quiz.questions.current().at_the_end().prefetch_related("choices")
    sitting = new_sitting(quiz, questions)
    return show(request, sitting, Page.of(sitting, request.POST))


@require_safe
def attempt(request: Request, attempt_id: UUID) -> HttpResponse:
    mine = Attempt.objects.made_by(request.user).standing().with_lesson()
    attempt = get_object_or_404(mine, pk=attempt_id, purpose=Attempt.Purpose.QUIZ)
    sitting = sitting_of(attempt)
    page = Page.of(sitting, request.GET)
    initial = picked_before(request.GET)
    form = AnswersForm(sitting=sitting, shown=page.shown, initial=initial)
    return show(request, sitting, page, form)


@login_not_required
@require_POST
def answer(request: Request, slug: str) -> HttpResponse:
    quiz = practice_quiz(slug)
    if "attempt" in request.POST:
        return answer_stored(request, quiz)
    try:
        sitting = sitting_from(request.POST.get("state", ""), quiz)
    except SittingLost:
        return introduce(request, quiz, status=400, has_lost_place=True)
    return answer_carried(request, sitting)


def answer_stored(request: Request, quiz: Quiz) -> HttpResponse:
    """Keep the answers, then show the page again: first answers stand."""
    if not request.user.is_authenticated:
        return sign_in_and_return(request)
    mine = Attempt.objects.made_by(request.user).standing().with_lesson()
    try:
        pk = UUID(request.POST["attempt"])
    except ValueError:
        return introduce(request, quiz, status=400, has_lost_place=True)
    attempt = get_object_or_404(mine, pk=pk, quiz=quiz)
    sitting = sitting_of(attempt)
    if hinted := asked_hint(request, sitting):
        grading.open_hint(attempt=attempt, question=hinted)
        asked, picked = sitting.number_of(hinted), picked_in(request.POST)
        return redirect_to_card(request, attempt, asked, picked)
    page, form = read_answers(request, sitting)
    if not form.is_valid():
        return show(request, sitting, page, form, status=422)
    with suppress(grading.AttemptClosed):  # the page shows the marks either way
        grading.submit_answers(attempt=attempt, answers=form.answers())
    number = sitting.number_of(page.shown[0]) if page.shown else None
    return redirect_to_card(request, attempt, number)


def answer_carried(request: Request, sitting: Sitting) -> HttpResponse:
    """Mark what a signed-out reader sent, in the same reply; store nothing."""
    if "show" in request.POST:
        return show(request, sitting, Page.of(sitting, request.POST, "show"))
    if hinted := asked_hint(request, sitting):
        sitting.hinted.add(hinted.key)
        page = Page.of(sitting, request.POST)
        initial = picked_before(request.POST)
        form = AnswersForm(sitting=sitting, shown=page.shown, initial=initial)
        return show(request, sitting, page, form)
    page, form = read_answers(request, sitting)
    if not form.is_valid():
        return show(request, sitting, page, form, status=422)
    for question, picked in form.answers().items():
        add_mark(sitting, question, picked)
    return show(request, sitting, page)


def read_answers(request: Request, sitting: Sitting) -> tuple[Page, AnswersForm]:
    page = Page.of(sitting, request.POST)
    return page, AnswersForm(request.POST, sitting=sitting, shown=page.shown)


def asked_hint(request: Request, sitting: Sitting) -> Question | None:
    wanted = request.POST.get("hint")
    return next((q for q in sitting.questions if str(q.pk) == wanted), None)


def show(
    request: Request,
    sitting: Sitting,
    page: Page,
    form: AnswersForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    return render_page(
        request,
        "quizzes/attempt.html",
        card_context(sitting, page, form),
        fragments=["quiz-card"],
        status=status,
    )


def redirect_to_card(
    request: Request,
    attempt: Attempt,
    number: int | None = None,
    picked: Iterable[tuple[str, str]] = (),
) -> HttpResponseRedirect:
    query = list(picked)
    if request.POST.get("view") == "all":
        query.append(("view", "all"))
    elif number:
        query.append(("question", str(number)))
    return redirect(
        attempt.get_absolute_url() + (f"?{urlencode(query)}" if query else "")
    )


def picked_in(params: QueryDict) -> list[tuple[str, str]]:
    return [(k, v) for k in params if NAME.match(k) for v in params.getlist(k)]


def sign_in_and_return(request: Request) -> HttpResponse:
    """Ask for sign-in, and bring back the choices that were just picked."""
    try:
        page = reverse("quizzes:attempt", args=[UUID(request.POST["attempt"])])
    except ValueError:
        page = reverse("home:home")
    target = redirect_to_login(f"{page}?{urlencode(picked_in(request.POST))}")
    return HttpResponseClientRedirect(target.url) if request.htmx else target
