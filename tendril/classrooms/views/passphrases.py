from __future__ import annotations

from datetime import datetime, timedelta

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tendril.accounts import managed
from tendril.accounts.models import User
from tendril.accounts.sign_in_slips import (
    MOST_AT_ONCE,
    PrintRun,
    choices,
    give_passphrases,
    slips_of,
)
from tendril.classrooms import looking_after
from tendril.classrooms.access import accounts_managed_by, may_give_passphrase
from tendril.classrooms.forms import ManagedAccountForm, PassphrasesForm
from tendril.classrooms.models import Classroom
from tendril.classrooms.views.classes import open_class
from tendril.htmx import Request, render_page
from tendril.qr import qr_code

# Slips follow from a run that nobody but the teacher's browser keeps, and for no
# longer than printing takes. So they can be shown again after a reload, and yet no
# passphrase stands in a session, a backup or a log.
COOKIE = "sign-in-slips"
SHOWN_FOR = timedelta(minutes=15)


@require_http_methods(["GET", "HEAD", "POST"])
def passphrases(request: Request, classroom_id: int) -> HttpResponse:
    classroom = open_class(request, classroom_id)
    accounts = list(accounts_of(classroom, request.user))
    sent = request.POST if request.method == "POST" else None
    form = PassphrasesForm(sent, accounts=accounts)
    if form.is_valid():
        if not ratelimit.consume(request, action="passphrases"):
            return ratelimit.respond_429(request)
        run = give_passphrases(form.cleaned_data["students"])
        return lead_to_slips(request, classroom, run)
    picked = form["students"].value() or []
    if request.GET.get("tick") == "all":
        picked = [str(person.pk) for person in accounts[:MOST_AT_ONCE]]
    context = {
        "classroom": classroom,
        "form": form,
        "most": MOST_AT_ONCE,
        "choices": choices(accounts, picked),
        "others": looking_after.others_looking_after(classroom),
    }
    status = 422 if form.errors else 200
    return render_page(request, "classrooms/passphrases.html", context, status=status)


def accounts_of(classroom: Classroom, teacher: User) -> QuerySet[User]:
    accounts = accounts_managed_by(teacher).filter(managed_by=classroom)
    return accounts.order_by("display_name", "username")


def lead_to_slips(
    request: Request, classroom: Classroom, run: PrintRun
) -> HttpResponse:
    page = reverse("classrooms:sign_in_slips", args=[classroom.pk])
    response = redirect(page)
    response.set_signed_cookie(
        COOKIE,
        f"{run.seed} {run.given_at.isoformat()}",
        salt=str(request.user.pk),
        max_age=SHOWN_FOR,
        path=page,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def run_held_by(request: Request) -> PrintRun | None:
    held = request.get_signed_cookie(
        COOKIE, default="", salt=str(request.user.pk), max_age=SHOWN_FOR
    )
    seed, _space, given_at = (held or "").partition(" ")
    return PrintRun(seed, datetime.fromisoformat(given_at)) if held else None


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_slips(request: Request, classroom_id: int) -> HttpResponse:
    """The sheet to print, until a quarter of an hour has passed or they are done."""
    classroom = open_class(request, classroom_id)
    accounts = accounts_of(classroom, request.user)
    run = run_held_by(request)
    slips = slips_of(run, accounts) if run else []
    if slips and request.method != "POST":
        qr = qr_code(reverse("account_login"))
        context = {"classroom": classroom, "slips": slips, "qr": qr}
        return render_page(request, "classrooms/sign_in_slips.html", context)
    if request.method != "POST":
        messages.info(request, _("Those slips are put away, and not shown again."))
    response = redirect("classrooms:passphrases", classroom.pk)
    response.delete_cookie(COOKIE, path=request.path, samesite="Strict")
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def managed_account(
    request: Request, classroom_id: int, account_id: int
) -> HttpResponse:
    """Name and month of birth; of an account that is the child's own, a 403."""
    classroom = open_class(request, classroom_id)
    known = User.objects.filter(
        Q(enrolments__classroom=classroom) | Q(managed_by=classroom)
    ).distinct()
    person = get_object_or_404(known, pk=account_id)
    if not may_give_passphrase(teacher=request.user, student=person):
        raise PermissionDenied
    initial = {"display_name": person.display_name, "born_on": person.born_on}
    form = ManagedAccountForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        managed.describe(
            person,
            name=form.cleaned_data["display_name"],
            born_on=form.cleaned_data["born_on"],
        )
        messages.success(request, _("Saved: %(name)s.") % {"name": person})
        return redirect("classrooms:passphrases", classroom.pk)
    context = {"classroom": classroom, "person": person, "form": form}
    status = 422 if form.errors else 200
    template = "classrooms/managed_account.html"
    return render_page(request, template, context, status=status)
