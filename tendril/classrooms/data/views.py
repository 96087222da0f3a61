from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from tendril.accounts import copies, erasing, personal_data
from tendril.accounts import looks as looks_at_work
from tendril.accounts.models import Look, User
from tendril.accounts.sealing import unsealed
from tendril.classrooms import last_teacher
from tendril.classrooms.access import in_charge_of, wards_of
from tendril.classrooms.data.forms import EraseForm
from tendril.htmx import Request, render_page

LOOKS_ON_A_PAGE = 40


@require_safe
def mine(request: Request) -> HttpResponse:
    return show(request, request.user)


@require_safe
def person(request: Request, person_id: int) -> HttpResponse:
    return show(request, decided_on(request, person_id))


def decided_on(request: Request, person_id: int) -> User:
    return get_object_or_404(in_charge_of(request.user), pk=person_id)


def show(request: Request, person: User) -> HttpResponse:
    context = {"person": person, "is_own": person == request.user}
    if person.sealed_at:
        context["erasure"] = person.erasures.open().first()
        return render_page(request, "data/sealed.html", context)
    others = in_charge_of(request.user).exclude(pk=request.user.pk)
    context |= {
        "titles": [e.title for e in personal_data.entries()[::-1] if e.title],
        "copy": copies.copies_for(request.user, person).defer("content").first(),
        "others": others.order_by("display_name", "username"),
    }
    return render_page(request, "data/person.html", context, fragments=["copy"])


def back_to(request: Request, person: User) -> HttpResponse:
    if person == request.user:
        return redirect("data:mine")
    return redirect("data:person", person.pk)


@require_POST
def ask_copy(request: Request, person_id: int) -> HttpResponse:
    person = get_object_or_404(
        in_charge_of(request.user).filter(unsealed()), pk=person_id
    )
    if not ratelimit.consume(request, action="copy", user=request.user):
        return ratelimit.respond_429(request)
    copies.ask(person=person, by=request.user)
    return back_to(request, person)


@require_safe
def copy(request: Request, export_id: UUID) -> HttpResponse:
    people = in_charge_of(request.user).filter(unsealed())
    copy = get_object_or_404(copies.made_for(request.user, people), pk=export_id)
    looks_at_work.record(request.user, [copy.person], Look.What.EXPORT)
    name = f"everything-{copy.person.username}-{copy.made_at:%Y-%m-%d}.zip"
    return HttpResponse(
        bytes(copy.content or b""),
        content_type="application/zip",
        headers={
            "Content-Disposition": content_disposition_header(True, name),
            "Cache-Control": "private, no-store",
        },
    )


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: Request, person_id: int) -> HttpResponse:
    person = decided_on(request, person_id)
    if person.sealed_at:
        return back_to(request, person)
    if request.method != "POST":
        return confirm(request, person, EraseForm(by=request.user))
    if not ratelimit.consume(request, action="erase", user=request.user):
        return ratelimit.respond_429(request)
    form = EraseForm(request.POST, by=request.user)
    if not form.is_valid():
        return confirm(request, person, form, status=422)
    try:
        last_teacher.ask_to_erase(person=person, by=request.user)
    except last_teacher.LeavesAlone as refused:
        form.refuse(refused.classrooms)
        return confirm(request, person, form, status=422)
    return back_to(request, person)


def confirm(
    request: Request, person: User, form: EraseForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "person": person,
        "is_own": person == request.user,
        "form": form,
        "days": erasing.WAIT.days,
        "keeps_marks": settings.KEEP_MARKS,
    }
    return render_page(request, "data/erase.html", context, status=status)


@require_POST
def call_off(request: Request, person_id: int) -> HttpResponse:
    person = decided_on(request, person_id)
    with suppress(erasing.NothingToCallOff):  # the page shows how it stands
        erasing.call_off(person=person)
        messages.success(request, _("Called off. Everything is as it was."))
    return back_to(request, person)


@require_safe
def my_looks(request: Request) -> HttpResponse:
    return show_looks(request, request.user)


@require_safe
def looks(request: Request, person_id: int) -> HttpResponse:
    return show_looks(request, get_object_or_404(wards_of(request.user), pk=person_id))


def show_looks(request: Request, person: User) -> HttpResponse:
    taken = person.looks_taken.select_related("viewer")
    page = Paginator(taken, LOOKS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"person": person, "is_own": person == request.user, "page": page}
    return render_page(request, "data/looks.html", context)
