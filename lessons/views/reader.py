from __future__ import annotations

from uuid import uuid4

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django_htmx.http import trigger_client_event

from lessons import family, progress, reports, resuming
from lessons.forms import ReportForm
from lessons.models import Lesson, Passage, Progress
from tendril.accounts import looks
from tendril.accounts.models import Look
from tendril.classrooms.access import family_views_open_to
from tendril.classrooms.models import Classroom
from tendril.htmx import Request, render_page


@login_not_required
@require_safe
def states(request: Request) -> HttpResponse:
    """How far this reader is, for the cards that a page says it shows."""
    shown = request.GET.get("lessons", "").split(",")
    mine = Progress.objects.none()
    if request.user.is_authenticated:
        mine = Progress.objects.of(request.user).filter(lesson__slug__in=shown)
    return render_page(
        request,
        "lessons/states.html",
        {"states": mine.select_related("lesson").defer("lesson__html")},
        fragments=["lesson-states"],
    )


@require_safe
def reading(request: Request) -> HttpResponse:
    return render_page(
        request,
        "lessons/reading.html",
        {"reading": resuming.reading_of(request.user)},
        fragments=["my-reading"],
    )


@login_not_required
@require_safe
def me(request: Request, slug: str) -> HttpResponse:
    lesson = get_object_or_404(Lesson.objects.published().defer("html"), slug=slug)
    mine, teaches = None, False
    if request.user.is_authenticated:
        mine = Progress.objects.of(request.user).filter(lesson=lesson).first()
        teaches = Classroom.objects.open().taught_by(request.user).exists()
    response = render_page(
        request,
        "lessons/me.html",
        {
            "lesson": lesson,
            "progress": mine,
            "stop": resuming.stop_in(lesson, mine) if mine else None,
            "teaches": teaches,
        },
        fragments=["lesson-me", "lesson-read"],
    )
    if "finished" in request.GET:
        # The top of the lesson and its end both say so; each asks for itself.
        trigger_client_event(response, "tendril:progress", after="swap")
    return response


@require_POST
def finish(request: Request, slug: str) -> HttpResponse:
    lesson = get_object_or_404(Lesson.objects.published().defer("html"), slug=slug)
    progress.finish(request.user, lesson)
    return redirect(f"{reverse('lessons:me', args=[slug])}?finished=now")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: Request, slug: str) -> HttpResponse:
    lesson = get_object_or_404(Lesson.objects.published().defer("html"), slug=slug)
    asked = request.POST if request.method == "POST" else request.GET
    passage = reports.passage_named(lesson, asked.get("passage", ""))
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and is_taken(request, form, lesson, passage):
        return redirect(f"{reverse('lessons:report', args=[slug])}?sent=yes")
    return render_page(
        request,
        "lessons/report.html",
        {
            "lesson": lesson,
            "passage": passage,
            "form": form,
            "is_sent": "sent" in request.GET,
        },
        status=form.status,
    )


def is_taken(
    request: Request, form: ReportForm, lesson: Lesson, passage: Passage | None
) -> bool:
    if form.is_from_a_program:
        return True
    user = request.user if request.user.is_authenticated else None
    try:
        reports.report_mistake(
            lesson=lesson,
            text=form.cleaned_data["text"],
            passage=passage,
            reporter=user,
            reader=user.reader_key
            if user
            else request.session.setdefault("reader", uuid4().hex),
            address=get_adapter().get_client_ip(request),
        )
    except reports.TooManyReports:
        form.refuse_for_now()
        return False
    return True


@require_safe
def family_reading(request: Request, student_id: int) -> HttpResponse:
    """What was read this week, for the family; the student may look, too."""
    student = get_object_or_404(family_views_open_to(request.user), pk=student_id)
    looks.record(request.user, [student], Look.What.FAMILY)
    return render_page(
        request,
        "lessons/family_reading.html",
        {"student": student, "week": family.week_of(student)},
        fragments={f"family-reading-{student.pk}": "family-reading"},
    )
