from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tendril.accounts import managed
from tendril.accounts.models import User
from tendril.classrooms.access import accounts_managed_by, may_give_passphrase
from tendril.classrooms.forms import ManagedAccountForm, PassphrasesForm
from tendril.classrooms.views.classes import open_class
from tendril.htmx import Request, render_page
from tendril.qr import qr_code


@require_http_methods(["GET", "HEAD", "POST"])
def passphrases(request: Request, classroom_id: int) -> HttpResponse:
    classroom = open_class(request, classroom_id)
    managed_here = accounts_managed_by(request.user).filter(managed_by=classroom)
    accounts = list(managed_here.order_by("display_name", "username"))
    context: dict[str, Any] = {"classroom": classroom}
    sent = request.POST if request.method == "POST" else None
    form = PassphrasesForm(sent, accounts=accounts)
    if form.is_valid():
        if not ratelimit.consume(request, action="passphrases"):
            return ratelimit.respond_429(request)
        # No redirect: this reply is the only place where they ever stand.
        context["slips"] = managed.give_passphrases(form.cleaned_data["students"])
        context["qr"] = qr_code(reverse("account_login"))
        return render_page(request, "classrooms/passphrase_slips.html", context)
    context["form"] = form
    context["most"] = managed.MOST_AT_ONCE
    context["choices"] = managed.choices(accounts, form["students"].value() or [])
    status = 422 if form.errors else 200
    return render_page(request, "classrooms/passphrases.html", context, status=status)


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
