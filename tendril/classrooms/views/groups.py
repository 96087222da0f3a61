from __future__ import annotations

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from tendril.classrooms import groups as domain
from tendril.classrooms.forms import GroupForm, name_taken
from tendril.classrooms.models import Classroom, Group
from tendril.classrooms.views.classes import open_class
from tendril.htmx import Request, render_page


@require_safe
def groups(request: Request, classroom_id: int) -> HttpResponse:
    classroom = open_class(request, classroom_id)
    seats = classroom.enrolments.students().by_name()
    context = {
        "classroom": classroom,
        "groups": classroom.groups.prefetch_related(Prefetch("members", seats)),
        "has_students": seats.exists(),
        "in_none": seats.filter(groups=None),
    }
    return render_page(request, "classrooms/groups.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_group(request: Request, classroom_id: int) -> HttpResponse:
    classroom = open_class(request, classroom_id)
    return edit(request, classroom, None)


@require_http_methods(["GET", "HEAD", "POST"])
def group(request: Request, classroom_id: int, group_id: int) -> HttpResponse:
    classroom = open_class(request, classroom_id)
    return edit(request, classroom, get_object_or_404(classroom.groups, pk=group_id))


def edit(request: Request, classroom: Classroom, group: Group | None) -> HttpResponse:
    form = GroupForm(request.POST or None, classroom=classroom, group=group)
    if request.method == "POST" and form.is_valid():
        try:
            if group:
                domain.change(group, **form.cleaned_data)
            else:
                domain.make(classroom, **form.cleaned_data)
        except domain.NameTaken:
            form.add_error("name", name_taken())
        else:
            messages.success(request, _("Saved."))
            return redirect("classrooms:groups", classroom.pk)
    context = {"classroom": classroom, "group": group, "form": form}
    status = 422 if form.errors else 200
    return render_page(request, "classrooms/group.html", context, status=status)


@require_POST
def dissolve_group(request: Request, classroom_id: int, group_id: int) -> HttpResponse:
    classroom = open_class(request, classroom_id)
    domain.dissolve(get_object_or_404(classroom.groups, pk=group_id))
    messages.success(request, _("The group is gone. Its students are in the class."))
    return redirect("classrooms:groups", classroom.pk)
