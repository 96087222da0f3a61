from __future__ import annotations

from typing import Any

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from allauth.account.utils import (
    get_next_redirect_url,
    passthrough_next_redirect_url,
)
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import FormView

from tendril.accounts import recovery
from tendril.accounts.adapter import UsernameTaken
from tendril.accounts.forms import DisplayNameForm, NewWordsForm, RecoverForm
from tendril.accounts.names import show_as
from tendril.htmx import Request, render_page


class RefusingView(FormView):
    """Answers a form that is not valid as all other views here do."""

    def form_invalid(self, form: Form) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response


class SignInView(RefusingView, allauth_views.LoginView):
    pass


class SignUpView(RefusingView, allauth_views.SignupView):
    def form_valid(self, form: Form) -> HttpResponse:
        if not ratelimit.consume(self.request, action="sign_up"):
            return ratelimit.respond_429(self.request)
        try:
            return super().form_valid(form)
        except UsernameTaken:
            form.add_error("username", get_adapter().validation_error("username_taken"))
            return self.form_invalid(form)


sign_up = SignUpView.as_view()
sign_in = SignInView.as_view(extra_context={"is_demo": settings.IS_DEMO})
# Signed out already: allauth leads home, without a detour through signing in.
sign_out = login_not_required(never_cache(allauth_views.logout))
change_password = never_cache(allauth_views.password_change)


@login_not_required
@require_safe
def who(request: Request) -> HttpResponse:
    # Scripts on public pages post with the token of this cookie.
    get_token(request)
    return render_page(request, "accounts/who.html#who")


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: Request) -> HttpResponse:
    form = DisplayNameForm(
        request.POST or None, initial={"display_name": request.user.display_name}
    )
    if request.method == "POST" and form.is_valid():
        show_as(request.user, form.cleaned_data["display_name"])
        messages.success(
            request, _("Others now see %(name)s.") % {"name": request.user}
        )
        return redirect("accounts:account")
    status = 422 if form.errors else 200
    return render_page(request, "accounts/account.html", {"form": form}, status=status)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_words(request: Request) -> HttpResponse:
    template = "accounts/recovery_words.html"
    context: dict[str, Any] = {"onward": get_next_redirect_url(request) or ""}
    if request.method != "POST":
        form = NewWordsForm(person=request.user)
        return render_page(request, template, {"form": form, **context})
    if not ratelimit.consume(request, action="recovery_words"):
        return ratelimit.respond_429(request)
    form = NewWordsForm(request.POST, person=request.user)
    if not form.is_valid():
        return render_page(request, template, {"form": form, **context}, status=422)
    # No redirect: this reply is the only place where the words ever stand.
    context["words"] = recovery.give_words(request.user)
    context["address"] = settings.SITE_URL + reverse("accounts:recover")
    return render_page(request, "accounts/words.html", context)


@sensitive_post_parameters("words", "password")
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def recover(request: Request) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home:home")
    form = RecoverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="recover"):
            return ratelimit.respond_429(request)
        try:
            person = recovery.recover(**form.cleaned_data)
        except recovery.WordsRefused:
            form.add_error(None, _("This name and these words do not go together."))
        else:
            get_adapter().login(request, person)
            words = reverse("accounts:recovery_words")
            return redirect(passthrough_next_redirect_url(request, words, "next"))
    status = 422 if form.errors else 200
    return render_page(request, "accounts/recover.html", {"form": form}, status=status)
