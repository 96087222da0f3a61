from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from tendril.classrooms import roster_export as exporting
from tendril.classrooms import roster_outcome, roster_writing
from tendril.classrooms.forms import NewStudentsForm, RosterForm
from tendril.classrooms.models import RosterImport
from tendril.classrooms.views.classes import open_class
from tendril.htmx import Request, render_page


@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: Request, classroom_id: int) -> HttpResponse:
    classroom = open_class(request, classroom_id)
    form = RosterForm()
    if request.method == "POST":
        # Before anything is unpacked.
        if not ratelimit.consume(request, action="roster"):
            return ratelimit.respond_429(request)
        form = RosterForm(request.POST, request.FILES)
        if form.is_valid():
            rows = form.cleaned_data["rows"]
            made = roster_writing.prepare(rows, classroom=classroom, by=request.user)
            return redirect("classrooms:roster_import", classroom.pk, made.pk)
    context = {"classroom": classroom, "form": form}
    status = 422 if form.errors else 200
    return render_page(request, "classrooms/roster.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def new_students(request: Request, classroom_id: int) -> HttpResponse:
    classroom = open_class(request, classroom_id)
    form = NewStudentsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        rows = form.cleaned_data["names"]
        made = roster_writing.prepare(rows, classroom=classroom, by=request.user)
        return redirect("classrooms:roster_import", classroom.pk, made.pk)
    context = {"classroom": classroom, "form": form}
    status = 422 if form.errors else 200
    return render_page(request, "classrooms/new_students.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def roster_import(request: Request, classroom_id: int, import_id: int) -> HttpResponse:
    """What the list would change, and once it is written, what it has changed."""
    classroom = open_class(request, classroom_id)
    made = get_object_or_404(classroom.roster_imports, pk=import_id)
    if request.method != "POST":
        return show_done(request, made) if made.done_at else show_plan(request, made)
    try:
        shown = request.POST.get("shown", "")
        roster_writing.write(made, by=request.user, shown=shown)
    except roster_writing.ClassHasChanged:
        notice = _("The class has changed meanwhile. Look once more, then confirm.")
        return show_plan(request, made, notice=notice, status=409)
    return redirect("classrooms:roster_import", classroom.pk, made.pk)


def show_plan(
    request: Request, made: RosterImport, *, notice: str = "", status: int = 200
) -> HttpResponse:
    plan = roster_writing.plan_of(made, teacher=request.user)
    context = {
        "classroom": made.classroom,
        "import": made,
        "plan": plan,
        "notice": notice,
    }
    template = "classrooms/roster_import.html"
    return render_page(request, template, context, status=status)


def show_done(request: Request, made: RosterImport) -> HttpResponse:
    outcome = roster_outcome.outcome_of(made, teacher=request.user)
    context = {"classroom": made.classroom, "outcome": outcome}
    return render_page(request, "classrooms/roster_done.html", context)


@cache_control(private=True, no_store=True)
@require_safe
def roster_export(request: Request, classroom_id: int) -> HttpResponse:
    classroom = open_class(request, classroom_id)
    text = exporting.export(classroom, teacher=request.user)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    name = f"{classroom}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
