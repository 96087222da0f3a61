from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from tendril.accounts.models import User
from tendril.classrooms import teaching
from tendril.classrooms.access import guardians_of
from tendril.classrooms.models import Classroom
from tendril.htmx import Request, render_page
from tutor import notices, school_consent
from tutor.forms import PauseForm, SignedFormForm
from tutor.purposes import Purpose
from tutor.views.fetching import taught_class


def class_to_record_in(request: Request, classroom_id: int) -> Classroom:
    classroom = taught_class(request, classroom_id)
    if not school_consent.may_record(request.user):
        raise PermissionDenied
    return classroom


def student_of(classroom: Classroom, student_id: int) -> User:
    return get_object_or_404(school_consent.students_of(classroom), pk=student_id)


@require_safe
def class_consents(request: Request, classroom_id: int) -> HttpResponse:
    """Who of a class may ask the tutor, and the switch that pauses it."""
    classroom = taught_class(request, classroom_id)
    return render_page(
        request,
        "tutor/class_consents.html",
        {
            "classroom": classroom,
            "rows": school_consent.in_class(classroom),
            "may_record": school_consent.may_record(request.user),
            "may_allow_class": school_consent.may_allow_class(),
        },
    )


@require_POST
def pause_class(request: Request, classroom_id: int) -> HttpResponse:
    classroom = taught_class(request, classroom_id)
    form = PauseForm(request.POST)
    form.is_valid()  # a box that is ticked or not: nothing can be wrong
    teaching.pause_tutor(classroom, **form.cleaned_data)
    if classroom.is_tutor_paused:
        messages.success(request, _("The tutor rests for this class."))
    else:
        messages.success(request, _("The tutor answers whoever may ask."))
    return redirect("tutor:class_consents", classroom.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def record_form(request: Request, classroom_id: int, student_id: int) -> HttpResponse:
    classroom = class_to_record_in(request, classroom_id)
    student = student_of(classroom, student_id)
    form = SignedFormForm(
        request.POST or None, offered=notices.offered(), guardians=guardians_of(student)
    )
    if request.method == "POST" and form.is_valid():
        in_vain = school_consent.record_form(
            student=student, by=request.user, **form.cleaned_data
        )
        say_noted(request, in_vain)
        return redirect("tutor:class_consents", classroom.pk)
    return render_page(
        request,
        "tutor/record_form.html",
        {
            "classroom": classroom,
            "student": student,
            "form": form,
            "notices": [notices.current(each) for each in notices.offered()],
        },
        status=422 if form.errors else 200,
    )


def say_noted(request: Request, in_vain: list[str]) -> None:
    if not in_vain:
        messages.success(request, _("The form is noted."))
        return
    what = ", ".join(str(Purpose(purpose).label) for purpose in in_vain)
    said = _(
        "The form is noted. A guardian's no still stands, so this is not in force: %s."
    )
    messages.warning(request, said % what)


@require_POST
def take_back_form(
    request: Request, classroom_id: int, student_id: int
) -> HttpResponse:
    classroom = class_to_record_in(request, classroom_id)
    student = student_of(classroom, student_id)
    school_consent.take_back(student=student, by=request.user)
    messages.success(request, _("It is taken back, and holds no more."))
    return redirect("tutor:class_consents", classroom.pk)


@require_POST
def allow_class(request: Request, classroom_id: int) -> HttpResponse:
    classroom = class_to_record_in(request, classroom_id)
    if not school_consent.may_allow_class():
        raise PermissionDenied
    count = school_consent.allow_class(classroom, by=request.user)
    said = ngettext(
        "Noted for %(count)d student.", "Noted for %(count)d students.", count
    )
    messages.success(request, said % {"count": count})
    return redirect("tutor:class_consents", classroom.pk)
