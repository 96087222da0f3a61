from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from quizzes import assignments, extensions, giving, suggesting
from quizzes.assignment_forms import AssignmentForm
from quizzes.giving_forms import CopyForm, ExtensionForm, SuggestionForm
from quizzes.models import Assignment
from quizzes.standings import standings_of
from quizzes.starting import asked_of
from quizzes.status import status_of_class
from quizzes.views.assignments import taught
from quizzes.views.paper import Line
from tendril.accounts import looks
from tendril.accounts.models import Look
from tendril.classrooms.models import Classroom
from tendril.htmx import Request, render_page

FORM_METHODS = ["GET", "HEAD", "POST"]


def sent(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


@require_http_methods(FORM_METHODS)
def new_assignment(request: Request, classroom_id: int) -> HttpResponse:
    mine = Classroom.objects.taught_by(request.user)
    classroom = get_object_or_404(mine, pk=classroom_id)
    asked = SuggestionForm(request.GET)
    asked.is_valid()
    suggested = suggesting.suggested(
        teacher=request.user, classroom=classroom, **asked.cleaned_data
    )
    draft = Assignment(made_by=request.user)
    draft.question_keys = suggested.get("question_keys", [])
    form = AssignmentForm(
        sent(request), instance=draft, initial=suggested, classroom=classroom
    )
    return take(request, form)


@require_http_methods(FORM_METHODS)
def edit_assignment(request: Request, assignment_id: int) -> HttpResponse:
    given = taught(request, assignment_id)
    form = AssignmentForm(sent(request), instance=given, classroom=given.classroom)
    return take(request, form)


def take(request: Request, form: AssignmentForm) -> HttpResponse:
    if not form.is_bound or not form.is_valid():
        return show_form(request, form, status=422 if form.is_bound else 200)
    given = form.instance
    try:
        giving.give(
            assignment=given,
            groups=form.cleaned_data["groups"],
            students=form.cleaned_data["students"],
        )
    except giving.AlreadyBegun:
        notice = _(
            "Somebody has begun it meanwhile, so its quiz and its start stay. "
            "Look again."
        )
        return show_form(request, form, status=409, notice=notice)
    # Anew: which number it has among what has its name is told by the class.
    given = taught(request, given.pk)
    messages.success(request, _("“%(title)s” is given out.") % {"title": given.title})
    if given.quiz and given.quiz.is_practice:
        notice = _("This is a practice quiz: anyone can find out what is right.")
        messages.warning(request, notice)
    return redirect("quizzes:class_assignments", given.classroom_id)


def show_form(
    request: Request, form: AssignmentForm, *, status: int = 200, notice: str = ""
) -> HttpResponse:
    given = form.instance
    context = {
        "form": form,
        "assignment": given if given.pk else None,
        "classroom": form.classroom,
        "is_begun": bool(given.pk) and giving.is_begun(given),
        "only": len(given.question_keys),
        "notice": notice,
    }
    return render_page(request, "quizzes/assignment_form.html", context, status=status)


@require_safe
def copy_assignment(request: Request, assignment_id: int) -> HttpResponse:
    """Asks which class and when, and leads to the form with all else filled in."""
    given = taught(request, assignment_id)
    asked = request.GET if "classroom" in request.GET else None
    form = CopyForm(asked, teacher=request.user, given=given)
    if form.is_bound and form.is_valid():
        query: dict[str, Any] = {"copy": given.pk}
        if form.weeks_later is not None:
            query["weeks"] = form.weeks_later
        to = reverse("quizzes:new_assignment", args=[form.cleaned_data["classroom"].pk])
        return redirect(f"{to}?{urlencode(query)}")
    return render_page(
        request,
        "quizzes/assignment_copy.html",
        {
            "assignment": given,
            "form": form,
            "has_class": form.classrooms.exists(),
        },
        status=422 if form.is_bound else 200,
    )


@require_POST
def delete_assignment(request: Request, assignment_id: int) -> HttpResponse:
    given = taught(request, assignment_id)
    try:
        giving.take_back(assignment=given)
    except giving.AlreadyBegun:
        form = AssignmentForm(instance=given, classroom=given.classroom)
        notice = _("Somebody has begun it, so it stays. You can close it instead.")
        return show_form(request, form, status=409, notice=notice)
    messages.success(request, _("“%(title)s” is deleted.") % {"title": given.title})
    return redirect("quizzes:class_assignments", given.classroom_id)


@require_POST
def close_assignment(request: Request, assignment_id: int) -> HttpResponse:
    given = taught(request, assignment_id)
    giving.close_now(assignment=given)
    messages.success(request, _("“%(title)s” is closed.") % {"title": given.title})
    return redirect("quizzes:class_assignments", given.classroom_id)


@require_safe
def preview_assignment(request: Request, assignment_id: int) -> HttpResponse:
    """As students will see it; nothing is stored. The key is for granted teachers."""
    given = taught(request, assignment_id)
    lines = []
    if given.quiz:
        asked = asked_of(given).select_related("marked_by")
        lines = [Line(question, given.quiz.pk) for question in asked]
    person = request.user
    context = {
        "assignment": given,
        "lines": lines,
        "shows_answers": person.may_teach or person.is_staff,
    }
    return render_page(request, "quizzes/assignment_preview.html", context)


@require_safe
def assignment_extensions(request: Request, assignment_id: int) -> HttpResponse:
    given = taught(request, assignment_id)
    students = list(assignments.recipients(given))
    standings = standings_of(given, students)
    statuses = status_of_class(given, students).values()
    looks.record(request.user, students, Look.What.MARKS)
    context = {
        "assignment": given,
        "rows": list(zip(standings, statuses, strict=True)),
        "extended": set(given.extensions.values_list("student", flat=True)),
        "has_limits": has_limits(given),
    }
    return render_page(request, "quizzes/assignment_extensions.html", context)


@require_http_methods(FORM_METHODS)
def extend(request: Request, assignment_id: int, student_id: int) -> HttpResponse:
    given = taught(request, assignment_id)
    if not has_limits(given):
        raise Http404
    student = get_object_or_404(assignments.recipients(given), pk=student_id)
    form = ExtensionForm(
        sent(request), given=given, initial=extensions.given_to(given, student)
    )
    if form.is_bound and form.is_valid():
        extensions.extend(
            assignment=given, student=student, by=request.user, **form.cleaned_data
        )
        messages.success(request, _("Saved for %(name)s.") % {"name": student})
        return redirect("quizzes:assignment_extensions", given.pk)
    return render_page(
        request,
        "quizzes/extend.html",
        {"assignment": given, "student": student, "form": form},
        status=422 if form.is_bound else 200,
    )


def has_limits(given: Assignment) -> bool:
    """Whether there is anything to give somebody more of."""
    return any([given.due_at, given.closes_at, given.minutes, given.attempts_allowed])
