from __future__ import annotations

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from tendril.accounts.models import User
from tendril.accounts.sealing import unsealed
from tendril.classrooms import joining
from tendril.classrooms.forms import SlipsForm
from tendril.classrooms.models import JoinCode
from tendril.classrooms.views.classes import open_class
from tendril.htmx import Request, render_page
from tendril.qr import QrCode, qr_code


def qr_of(code: JoinCode) -> QrCode:
    return qr_code(reverse("classrooms:join_class", args=[code]))


@require_safe
def code(request: Request, classroom_id: int) -> HttpResponse:
    """The code of the class in large letters, for a wall that all can see."""
    classroom = open_class(request, classroom_id)
    valid = classroom.join_codes.of_classes().valid().first()
    context = {
        "classroom": classroom,
        "code": valid,
        "qr": qr_of(valid) if valid else None,
        "address": qr_code(reverse("classrooms:join")).address,
    }
    return render_page(request, "classrooms/code.html", context)


@require_POST
def renew_code(request: Request, classroom_id: int) -> HttpResponse:
    classroom = open_class(request, classroom_id)
    made = joining.renew_code(classroom, by=request.user)
    messages.success(request, _("The code is now %(code)s.") % {"code": made})
    return redirect(classroom)


@require_POST
def switch_off_code(request: Request, classroom_id: int) -> HttpResponse:
    classroom = open_class(request, classroom_id)
    joining.switch_off(classroom)
    messages.success(request, _("Nobody can join by a code of the class any more."))
    return redirect(classroom)


@require_http_methods(["GET", "HEAD", "POST"])
def slips(request: Request, classroom_id: int) -> HttpResponse:
    classroom = open_class(request, classroom_id)
    form = SlipsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        names = form.cleaned_data["names"]
        count = joining.make_slips(classroom, names, by=request.user)
        said = ngettext("%(n)d join slip is new.", "%(n)d join slips are new.", count)
        messages.success(request, said % {"n": count})
        return redirect("classrooms:slips", classroom.pk)
    users = User.objects.filter(unsealed())
    made = classroom.join_codes.slips().prefetch_related(Prefetch("used_by", users))
    context = {
        "classroom": classroom,
        "form": form,
        "valid": made.valid().order_by("name", "pk"),
        "used": made.exclude(used_at=None),
    }
    status = 422 if form.errors else 200
    return render_page(request, "classrooms/slips.html", context, status=status)


@require_safe
def print_slips(request: Request, classroom_id: int) -> HttpResponse:
    classroom = open_class(request, classroom_id)
    valid = classroom.join_codes.slips().valid().order_by("name", "pk")
    context = {
        "classroom": classroom,
        "slips": [(slip, qr_of(slip)) for slip in valid],
        "address": qr_code(reverse("classrooms:join")).address,
    }
    return render_page(request, "classrooms/print_slips.html", context)


@require_POST
def void_slip(request: Request, classroom_id: int, slip_id: int) -> HttpResponse:
    classroom = open_class(request, classroom_id)
    unused = classroom.join_codes.slips().filter(used_at=None)
    slip = get_object_or_404(unused, pk=slip_id)
    joining.void_slip(slip)
    said = _("The join slip of %(name)s lets nobody in any more.") % {"name": slip.name}
    messages.success(request, said)
    return redirect("classrooms:slips", classroom.pk)
