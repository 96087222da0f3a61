from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tendril.classrooms import leaving
from tendril.classrooms.access import (
    in_charge_of,
    may_give_passphrase,
    students_vouched_for_by,
)
from tendril.classrooms.models import Classroom, Enrolment
from tendril.classrooms.views.classes import open_class
from tendril.htmx import Request, render_page


def seat_in(classroom: Classroom, student_id: int) -> Enrolment:
    seats = classroom.enrolments.students().select_related("person")
    return get_object_or_404(seats, person=student_id)


@require_safe
def student(request: Request, classroom_id: int, student_id: int) -> HttpResponse:
    """One student in this class, with room for what upper apps know of them."""
    classroom = open_class(request, classroom_id)
    seat = seat_in(classroom, student_id)
    by = request.user
    context = {
        "classroom": classroom,
        "seat": seat,
        "groups": seat.groups.all(),
        # Its pages are those of the class that made the account.
        "may_manage": seat.person.managed_by_id == classroom.pk
        and may_give_passphrase(teacher=by, student=seat.person),
        "may_name_guardians": students_vouched_for_by(by)
        .filter(pk=seat.person_id)
        .exists(),
        "may_decide": in_charge_of(by).filter(pk=seat.person_id).exists(),
    }
    return render_page(request, "classrooms/student.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_student(
    request: Request, classroom_id: int, student_id: int
) -> HttpResponse:
    classroom = open_class(request, classroom_id)
    seat = seat_in(classroom, student_id)
    if request.method == "POST":
        leaving.leave(classroom, seat.person)
        said = _("%(name)s is not in this class any more.") % {"name": seat.person}
        messages.success(request, said)
        return redirect(classroom)
    code = classroom.join_codes.of_classes().valid().first()
    context = {"classroom": classroom, "seat": seat, "code": code}
    return render_page(request, "classrooms/remove_student.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: Request, classroom_id: int) -> HttpResponse:
    mine = Classroom.objects.open().attended_by(request.user)
    classroom = get_object_or_404(mine, pk=classroom_id)
    if request.method == "POST":
        leaving.leave(classroom, request.user)
        said = _("You are not in %(name)s any more.") % {"name": classroom}
        messages.success(request, said)
        return redirect("classrooms:classes")
    return render_page(request, "classrooms/leave.html", {"classroom": classroom})
