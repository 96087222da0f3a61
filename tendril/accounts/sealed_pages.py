"""The one page that people see while they wait to be erased."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

OPEN = {
    "account_logout",
    "accounts:who",
    "data:call_off",
    "data:mine",
    "lessons:picture",
}


class SealedMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        is_sealed = getattr(request.user, "sealed_at", None) is not None
        if not is_sealed or (match and match.view_name in OPEN):
            return None
        # From a cache they have it anyhow; whatever is theirs in it leads there.
        if getattr(view, "is_for_everyone", False):
            return None
        page = reverse("data:mine")
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponseClientRedirect(page)
        # A script would take the page for its answer.
        if request.content_type == "application/json":
            raise PermissionDenied
        return HttpResponseRedirect(page)
