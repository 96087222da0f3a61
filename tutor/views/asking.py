from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from lessons.models import Lesson
from tendril.htmx import Request, render_page
from tutor import (
    asking,
    budgets,
    consent,
    flags,
    help_lines,
    teacher_questions,
    waiting,
)
from tutor.forms import ClassForm, FollowForm, QuestionForm, TeacherQuestionForm
from tutor.models import Exchange
from tutor.panel import exchange_for, panel_for
from tutor.purposes import Purpose
from tutor.views.fetching import lesson_named


def own_exchange(request: Request, exchange_id: UUID) -> Exchange:
    """What this person asked; of a lesson that is retired only where help is found."""
    is_shown = Q(lesson__in=Lesson.objects.published()) | Q(state=Exchange.State.DANGER)
    mine = Exchange.objects.of(request.user).filter(is_shown).select_related("lesson")
    return get_object_or_404(mine.defer("lesson__html"), pk=exchange_id)


@login_not_required
@require_safe
def panel(request: Request, slug: str) -> HttpResponse:
    return show_panel(request, lesson_named(slug))


def show_panel(
    request: Request,
    lesson: Lesson,
    *,
    form: QuestionForm | None = None,
    teacher_form: TeacherQuestionForm | None = None,
    is_too_much: bool = False,
    status: int = 200,
) -> HttpResponse:
    return render_page(
        request,
        "tutor/panel.html",
        {
            "panel": panel_for(request.user, lesson),
            "lesson": lesson,
            "form": form or QuestionForm.new(),
            "teacher_form": teacher_form or QuestionForm.new(),
            "is_too_much": is_too_much,
            "related": lesson.related_lessons(),
            "delay": waiting.milliseconds(),
        },
        fragments=["tutor-panel"],
        status=status,
    )


@require_POST
def ask(request: Request, slug: str) -> HttpResponse:
    lesson = lesson_named(slug)
    form = QuestionForm(request.POST, auto_id="tutor-%s")
    if not form.is_valid():
        return show_panel(request, lesson, form=form, status=422)
    try:
        exchange = asking.ask(
            student=request.user,
            lesson=lesson,
            exchange_id=form.cleaned_data["exchange_id"],
            text=form.cleaned_data["question"],
            about=form.cleaned_data["about"],
        )
    except (asking.GateClosed, budgets.BudgetSpent):
        return show_panel(request, lesson, status=409)
    return after_asking(exchange)


def after_asking(exchange: Exchange) -> HttpResponse:
    if exchange.is_danger:
        return redirect(exchange)
    return redirect("tutor:panel", exchange.lesson.slug)


@require_safe
def exchange(request: Request, exchange_id: UUID) -> HttpResponse:
    """One question with its answer; asks again by itself until it is answered."""
    asked = own_exchange(request, exchange_id)
    if asked.is_danger:
        return show_help(request, told=flags.told_of(asked), asked=asked)
    delay = waiting.milliseconds()
    return render_page(
        request,
        "tutor/exchange.html",
        {
            "one": exchange_for(request.user, asked),
            "lesson": asked.lesson,
            "delay": delay,
            "reload_after": -(-delay // 1000),
        },
        fragments={f"exchange-{asked.pk}": "exchange"},
    )


@require_POST
def follow(request: Request, exchange_id: UUID) -> HttpResponse:
    asked = own_exchange(request, exchange_id)
    form = FollowForm(request.POST, exchange=asked)
    if not form.is_valid():
        return show_panel(request, asked.lesson, status=422)
    try:
        asking.follow(exchange=asked, **form.cleaned_data)
    except (asking.GateClosed, budgets.BudgetSpent):
        return show_panel(request, asked.lesson, status=409)
    return redirect("tutor:panel", asked.lesson.slug)


@require_POST
def report(request: Request, exchange_id: UUID) -> HttpResponse:
    asked = own_exchange(request, exchange_id)
    if asked.state == Exchange.State.ANSWERED:
        asking.report(asked)
    return redirect(asked)


@require_POST
def send_on(request: Request, exchange_id: UUID) -> HttpResponse:
    asked = own_exchange(request, exchange_id)
    form = ClassForm(request.POST, student=request.user)
    if not teacher_questions.may_be_sent(asked) or not form.is_valid():
        return show_panel(request, asked.lesson, status=422)
    try:
        classroom = form.cleaned_data["classroom"]
        teacher_questions.send_on(exchange=asked, classroom=classroom)
    except teacher_questions.TooManyWaiting:
        return show_panel(request, asked.lesson, is_too_much=True, status=409)
    return redirect("tutor:panel", asked.lesson.slug)


@require_POST
def ask_teacher(request: Request, slug: str) -> HttpResponse:
    lesson = lesson_named(slug)
    form = TeacherQuestionForm(request.POST, student=request.user, auto_id="tutor-%s")
    if not form.is_valid():
        return show_panel(request, lesson, teacher_form=form, status=422)
    try:
        sent = teacher_questions.send(
            student=request.user,
            lesson=lesson,
            classroom=form.cleaned_data["classroom"],
            exchange_id=form.cleaned_data["exchange_id"],
            text=form.cleaned_data["question"],
        )
    except teacher_questions.TooManyWaiting:
        return show_panel(request, lesson, is_too_much=True, status=409)
    return (
        after_asking(sent)
        if isinstance(sent, Exchange)
        else redirect("tutor:panel", slug)
    )


@login_not_required
@require_safe
def get_help(request: Request) -> HttpResponse:
    """Where to find help; the same for everybody, whatever is switched off."""
    return show_help(request)


def show_help(
    request: Request, told: str = "", asked: Exchange | None = None
) -> HttpResponse:
    # In place of what it was written in, or that was waiting for an answer.
    places = ["tutor-panel", *([f"exchange-{asked.pk}"] if asked else [])]
    return render_page(
        request,
        "tutor/danger.html",
        {
            "lines": help_lines.for_country(),
            "told": told,
            "lesson": asked.lesson if asked else None,
        },
        fragments=dict.fromkeys(places, "danger-help"),
    )


@require_POST
def ask_grown_up(request: Request, slug: str) -> HttpResponse:
    consent.request(student=request.user, purpose=Purpose.EMBEDDED)
    return redirect("tutor:panel", slug)
