from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from tendril.accounts.grants import may_grant
from tendril.accounts.models import User
from tendril.accounts.sealing import unsealed
from tendril.classrooms import (
    erasures,
    family_lists,
    looking_after,
    school_years,
    teaching,
)
from tendril.classrooms.forms import ClassroomForm, NewYearForm
from tendril.classrooms.models import Classroom, TakenOff
from tendril.htmx import Request, render_page


@require_safe
def classes(request: Request) -> HttpResponse:
    taught = Classroom.objects.taught_by(request.user).with_student_count()
    return render_page(
        request,
        "classrooms/classes.html",
        {
            "taught": taught.open(),
            "archived": taught.exclude(archived_at=None).order_by("-archived_at"),
            "taken_off": news_of_being_taken_off(request.user),
            "attended": Classroom.objects.open().attended_by(request.user),
            "may_teach": request.user.may_teach,
            "may_grant": may_grant(request.user),
        },
    )


def news_of_being_taken_off(person: User) -> QuerySet[TakenOff]:
    """Nobody names a teacher who is to be erased."""
    by = Prefetch("by", User.objects.filter(unsealed()))
    recent = person.classes_taken_off.recent()
    return recent.select_related("classroom").prefetch_related(by)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Request) -> HttpResponse:
    if not request.user.may_teach:
        raise PermissionDenied
    form = ClassroomForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        classroom = teaching.make(teacher=request.user, **form.cleaned_data)
        messages.success(request, _("The class is there. Now let students in."))
        return redirect(classroom)
    status = 422 if form.errors else 200
    return render_page(request, "classrooms/new.html", {"form": form}, status=status)


@require_safe
def classroom(request: Request, classroom_id: int) -> HttpResponse:
    """One address for a class: its teachers run it here, its students see theirs."""
    taught = Classroom.objects.taught_by(request.user).filter(pk=classroom_id).first()
    if taught and taught.archived_at:
        return redirect("classrooms:archive", taught.pk)
    if taught:
        return run_class(request, taught)
    attended = Classroom.objects.open().attended_by(request.user)
    return see_class(request, get_object_or_404(attended, pk=classroom_id))


def run_class(request: Request, classroom: Classroom) -> HttpResponse:
    seats = classroom.enrolments.by_name()
    return render_page(
        request,
        "classrooms/classroom.html",
        {
            "classroom": classroom,
            "code": classroom.join_codes.of_classes().first(),
            "slip_count": classroom.join_codes.slips().valid().count(),
            "seats": seats.students().prefetch_related("groups"),
            "teachers": seats.teachers(),
            "erasures": erasures.told_to(request.user).filter(
                person__managed_by=classroom
            ),
            "waiting": family_lists.waiting_for(request.user)
            .filter(student__managed_by=classroom)
            .count(),
        },
    )


def see_class(request: Request, classroom: Classroom) -> HttpResponse:
    seat = classroom.enrolments.get(person=request.user)
    context = {
        "classroom": classroom,
        "teachers": classroom.enrolments.teachers().by_name(),
        "groups": seat.groups.all(),
    }
    return render_page(request, "classrooms/my_class.html", context)


def open_class(request: Request, classroom_id: int) -> Classroom:
    """The class, if this person teaches it and it is not archived."""
    mine = Classroom.objects.open().taught_by(request.user)
    return get_object_or_404(mine, pk=classroom_id)


def any_class(request: Request, classroom_id: int) -> Classroom:
    """The class, archived or not, if this person teaches it."""
    mine = Classroom.objects.taught_by(request.user)
    return get_object_or_404(mine, pk=classroom_id)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: Request, classroom_id: int) -> HttpResponse:
    classroom = open_class(request, classroom_id)
    form = ClassroomForm(request.POST or None, classroom=classroom)
    if request.method == "POST" and form.is_valid():
        teaching.describe(classroom, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(classroom)
    context = {"form": form, "classroom": classroom}
    status = 422 if form.errors else 200
    return render_page(request, "classrooms/settings.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: Request, classroom_id: int) -> HttpResponse:
    classroom = any_class(request, classroom_id)
    if request.method == "POST":
        teaching.archive(classroom)
        messages.success(request, _("Archived. You find it at the end of this page."))
        return redirect("classrooms:classes")
    context = {"classroom": classroom}
    if classroom.archived_at:
        return render_page(request, "classrooms/archived.html", context)
    return render_page(request, "classrooms/archive.html", context)


@require_POST
def bring_back(request: Request, classroom_id: int) -> HttpResponse:
    classroom = any_class(request, classroom_id)
    teaching.bring_back(classroom)
    messages.success(request, _("The class is open again."))
    for other in looking_after.others_looking_after(classroom):
        messages.info(
            request,
            _(
                "%(name)s goes on looking after the accounts of its children. Archive "
                "that class, and this one looks after them."
            )
            % {"name": other},
        )
    return redirect(classroom)


@require_http_methods(["GET", "HEAD", "POST"])
def new_year(request: Request, classroom_id: int) -> HttpResponse:
    """May be asked of an archived class, too: the holidays came in between."""
    classroom = any_class(request, classroom_id)
    if not request.user.may_teach:
        raise PermissionDenied
    form = NewYearForm(request.POST or None, initial={"name": classroom.name})
    if request.method == "POST" and form.is_valid():
        begun = school_years.start_year(
            classroom=classroom, by=request.user, **form.cleaned_data
        )
        messages.success(request, _("The new class is there, the old one archived."))
        return redirect(begun)
    status = 422 if form.errors else 200
    context = {"classroom": classroom, "form": form}
    return render_page(request, "classrooms/new_year.html", context, status=status)
