from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from tendril.accounts import emails, mail, signed_links
from tendril.accounts.forms import EmailForm, WishesForm
from tendril.htmx import Request, render_page


@require_http_methods(["GET", "HEAD", "POST"])
def email(request: Request) -> HttpResponse:
    if request.method != "POST":
        return show_email(request, EmailForm())
    if not request.user.is_adult or not mail.is_on():
        raise PermissionDenied
    form = EmailForm(request.POST)
    if not form.is_valid():
        return show_email(request, form, status=422)
    if not ratelimit.consume(request, action="mail", user=request.user):
        return ratelimit.respond_429(request)
    emails.ask(person=request.user, address=form.cleaned_data["email"])
    return redirect("accounts:email")


def show_email(request: Request, form: EmailForm, *, status: int = 200) -> HttpResponse:
    person = request.user
    wishes = {name: getattr(person, name) for name in WishesForm.base_fields}
    context: dict[str, Any] = {
        "form": form,
        "wishes": WishesForm(initial=wishes),
        "is_on": mail.is_on(),
    }
    return render_page(request, "accounts/email.html", context, status=status)


@require_POST
def remove_email(request: Request) -> HttpResponse:
    emails.remove(request.user)
    messages.success(request, _("Your address is forgotten. No more mail will come."))
    return redirect("accounts:email")


@require_POST
def wishes(request: Request) -> HttpResponse:
    if not request.user.confirmed_email:
        raise PermissionDenied
    form = WishesForm(request.POST)
    form.is_valid()  # boxes that are ticked or not: nothing can be wrong
    emails.wish(person=request.user, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("accounts:email")


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_email(request: Request, token: str) -> HttpResponse:
    try:
        address = emails.asked_for(person=request.user, token=token)
        if request.method == "POST":
            emails.confirm(person=request.user, token=token)
    except signed_links.LinkUnknown:
        return say(request, "unknown", 404)
    except signed_links.LinkOver:
        return say(request, "over", 410)
    except signed_links.LinkOfSomebodyElse:
        return say(request, "foreign", 403)
    if request.method == "POST":
        messages.success(request, _("Your address is confirmed."))
        return redirect("accounts:email")
    return render_page(request, "accounts/confirm_email.html", {"address": address})


def say(request: Request, why: str, status: int) -> HttpResponse:
    return render_page(request, "accounts/bad_link.html", {"why": why}, status=status)


# The mail programs that offer one click post by themselves, without our token.
@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mail(request: Request, token: str) -> HttpResponse:
    try:
        person_id, wish = signed_links.stopped_by(token)
    except signed_links.LinkUnknown:
        return say(request, "unknown", 404)
    is_done = request.method == "POST"
    if is_done:
        emails.stop(person_id, wish)
    context = {"is_done": is_done, "is_digest": wish == "wants_digest"}
    return render_page(request, "accounts/stop_mail.html", context)
