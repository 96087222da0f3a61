from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from quizzes import assignments, starting
from quizzes.carrying import SittingLost, sitting_from
from quizzes.forms import AnswersForm
from quizzes.models import Assignment, Attempt, Quiz
from quizzes.sittings import Sitting, add_mark, new_sitting
from quizzes.views.attempts import asked_hint, redirect_to_card, show
from quizzes.views.cards import Page, picked_before
from tendril.htmx import Request, render_page


def practice_quiz(slug: str) -> Quiz:
    return get_object_or_404(Quiz.objects.practice().with_lesson(), slug=slug)


def published_quiz(slug: str) -> Quiz:
    return get_object_or_404(Quiz.objects.published().with_lesson(), slug=slug)


@login_not_required
@require_safe
def quiz(request: Request, slug: str) -> HttpResponse:
    quiz = published_quiz(slug)
    if not quiz.is_practice:
        return say_closed(request, quiz)
    return introduce(request, quiz)


def say_closed(request: Request, quiz: Quiz, *, status: int = 200) -> HttpResponse:
    """That only teachers give this quiz out, and where this reader was given it."""
    given = Assignment.objects.none()
    if request.user.is_authenticated:
        mine = Assignment.objects.seen_by(request.user).filter(quiz=quiz)
        given = mine.with_content()
    return render_page(
        request,
        "quizzes/closed.html",
        {
            "quiz": quiz,
            "lesson": quiz.lesson,
            "assignments": given,
        },
        fragments=["quiz-card"],
        status=status,
    )


def introduce(
    request: Request, quiz: Quiz, *, status: int = 200, has_lost_place: bool = False
) -> HttpResponse:
    context: dict[str, Any] = {
        "quiz": quiz,
        "lesson": quiz.lesson,
        "question_count": quiz.questions.current().at_the_end().count(),
        "has_lost_place": has_lost_place,
        "to_take": [],
    }
    if request.user.is_authenticated:
        mine = quiz.attempts.made_by(request.user).in_practice()
        mine = mine.filter(purpose=Attempt.Purpose.QUIZ)
        context["open_attempt"] = mine.open().with_answered().first()
        context["last_attempt"] = mine.handed_in().first()
        context["to_take"] = assignments.to_take(request.user, quiz)
    return render_page(
        request, "quizzes/quiz.html", context, fragments=["quiz-card"], status=status
    )


@login_not_required
@require_POST
def start(request: Request, slug: str) -> HttpResponse:
    quiz = published_quiz(slug)
    if not quiz.is_practice:
        return say_closed(request, quiz, status=409)
    if request.user.is_authenticated:
        attempt = starting.start(quiz=quiz, student=request.user)
        return redirect_to_card(request, attempt)
    asked = quiz.questions.current().at_the_end().select_related("marked_by")
    sitting = new_sitting(quiz, asked)
    return show(request, sitting, Page.of(sitting, request.POST))


@login_not_required
@require_POST
def answer(request: Request, slug: str) -> HttpResponse:
    """An answer of a signed-out reader: marked in the reply, stored nowhere."""
    quiz = published_quiz(slug)
    if not quiz.is_practice:
        return say_closed(request, quiz, status=409)
    try:
        sitting = sitting_from(request.POST.get("state", ""), quiz)
    except SittingLost:
        return introduce(request, quiz, status=400, has_lost_place=True)
    return answer_carried(request, sitting)


def answer_carried(request: Request, sitting: Sitting) -> HttpResponse:
    if "show" in request.POST:
        return show(request, sitting, Page.of(sitting, request.POST, "show"))
    page = Page.of(sitting, request.POST)
    if hinted := asked_hint(request, sitting):
        sitting.open_hint(hinted)
        initial = picked_before(request.POST)
        form = AnswersForm(sitting=sitting, shown=page.shown, initial=initial)
        return show(request, sitting, page, form)
    form = AnswersForm(request.POST, sitting=sitting, shown=page.shown)
    if not form.is_valid():
        return show(request, sitting, page, form, status=422)
    for question, picked in form.answers().items():
        add_mark(sitting, question, picked)
    return show(request, sitting, page)
