"""What Tendril decides where allauth asks."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from django.db import IntegrityError, transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tendril.accounts import known_browsers
from tendril.accounts.models import User


class UsernameTaken(Exception):
    """Somebody else took the name between the check and the saving."""


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _(
            "This account is switched off. Ask the people who run this site."
        ),
        "enter_current_password": _("This is not your password now. Type it again."),
        "too_many_login_attempts": _(
            "There were many tries with this name. Wait a minute, then try again."
        ),
        "username_password_mismatch": _(
            "This name and this password do not go together. Check both: capital "
            "letters count in the password."
        ),
        "username_taken": _("Somebody has this name already. Choose another."),
    }

    def is_ajax(self, request: HttpRequest) -> bool:
        return False

    def _get_login_attempts_cache_key(
        self, request: HttpRequest, **credentials: Any
    ) -> str:
        # allauth adds the Host header, so that each port in it has a limit of its own.
        name = User.normalize_username(credentials.get("username", ""))
        return f"{name} {known_browsers.browser_of(request, name)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        # Counted here and not by allauth's view, where empty forms would use up what
        # a whole school shares.
        if not ratelimit.consume(request, action="sign_in"):
            raise ImmediateHttpResponse(ratelimit.respond_429(request))
        super().pre_authenticate(request, **credentials)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        person = super().authenticate(request, **credentials)
        if person and not person.is_active:
            raise self.validation_error("account_inactive")
        return person

    def save_user(
        self, request: HttpRequest, user: User, form: Form, commit: bool = True
    ) -> User:
        user.display_name = form.cleaned_data["display_name"]
        user.born_on = form.cleaned_data["born_on"]
        try:
            with transaction.atomic():
                return super().save_user(request, user, form, commit)
        except IntegrityError:
            if not User.objects.filter(username=user.username).exists():
                raise
            raise UsernameTaken from None

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        # Many of our devices are shared: signed in until the browser closes. The
        # sign-in form makes it longer for who asks.
        request.session.set_expiry(0)

    def post_login(
        self,
        request: HttpRequest,
        user: User,
        *,
        signup: bool,
        redirect_url: str | None,
        **hints: Any,
    ) -> HttpResponse:
        """Lead new people past their recovery words to where they were going."""
        if signup:
            onward = f"?{urlencode({'next': redirect_url})}" if redirect_url else ""
            redirect_url = reverse("accounts:recovery_words") + onward
        response = super().post_login(
            request, user, signup=signup, redirect_url=redirect_url, **hints
        )
        known_browsers.remember(request, response, user.username)
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:account")
