from __future__ import annotations

from contextlib import suppress

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tendril.accounts import grants
from tendril.classrooms import teaching
from tendril.classrooms.forms import UsernameForm
from tendril.classrooms.views.classes import any_class, open_class
from tendril.htmx import Request, render_page


@require_http_methods(["GET", "HEAD", "POST"])
def teachers(request: Request, classroom_id: int) -> HttpResponse:
    classroom = open_class(request, classroom_id)
    form = UsernameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = teaching.name_teacher(classroom, form.cleaned_data["username"])
        except teaching.MayNotTeach:
            form.add_error("username", _no_teacher_of_this_name())
        except teaching.LearnsHere:
            form.add_error("username", _("They are a student of this class."))
        else:
            messages.success(request, _("%(name)s teaches it.") % {"name": person})
            return redirect("classrooms:teachers", classroom.pk)
    seats = list(classroom.enrolments.teachers().by_name())
    context = {"classroom": classroom, "form": form, "teachers": seats}
    status = 422 if form.errors else 200
    return render_page(request, "classrooms/teachers.html", context, status=status)


def _no_teacher_of_this_name() -> str:
    return _(
        "No teacher here has this username. Check its spelling; if they are new, the "
        "people who run this site make them a teacher first."
    )


@require_http_methods(["GET", "HEAD", "POST"])
def step_down(request: Request, classroom_id: int) -> HttpResponse:
    classroom = any_class(request, classroom_id)
    if request.method != "POST":
        context = {"classroom": classroom}
        return render_page(request, "classrooms/step_down.html", context)
    try:
        teaching.step_down(classroom, request.user)
    except teaching.LastTeacher:
        messages.error(
            request,
            _(
                "You are its only teacher. Name another one first, or archive the class."
            ),
        )
        return redirect("classrooms:teachers", classroom.pk)
    said = _("You do not teach %(name)s any more.") % {"name": classroom}
    messages.success(request, said)
    return redirect("classrooms:classes")


@require_http_methods(["GET", "HEAD", "POST"])
def take_off(request: Request, classroom_id: int, teacher_id: int) -> HttpResponse:
    """Another teacher; for oneself there is stepping down."""
    classroom = open_class(request, classroom_id)
    others = classroom.enrolments.teachers().exclude(person=request.user)
    seat = get_object_or_404(others.select_related("person"), person=teacher_id)
    if request.method != "POST":
        context = {"classroom": classroom, "seat": seat}
        return render_page(request, "classrooms/take_off.html", context)
    # The other one was quicker, and took off whoever asks.
    with suppress(teaching.LastTeacher):
        teaching.take_off(classroom, seat.person, by=request.user)
        said = _("%(name)s does not teach it any more.") % {"name": seat.person}
        messages.success(request, said)
    return redirect("classrooms:teachers", classroom.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: Request) -> HttpResponse:
    """Where the site allows it, teachers say who else is one."""
    if not settings.TEACHERS_MAY_GRANT:
        raise Http404
    if not grants.may_grant(request.user):
        raise PermissionDenied
    form = UsernameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = grants.grant(form.cleaned_data["username"], by=request.user)
        except grants.NobodyOfThisName:
            form.add_error("username", _("Nobody here has this username."))
        except grants.StillAChild:
            form.add_error("username", _("Only an adult can be a teacher here."))
        else:
            said = _("%(name)s is a teacher now, and can make classes.")
            messages.success(request, said % {"name": person})
            return redirect("classrooms:grant")
    status = 422 if form.errors else 200
    return render_page(request, "classrooms/grant.html", {"form": form}, status=status)
