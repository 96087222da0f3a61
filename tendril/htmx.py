"""How a page, a fragment of it and a sign-in answer a request by htmx."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from tendril.accounts.models import User


class Request(HttpRequest):
    """What a view receives: signed in, unless it is ``login_not_required``."""

    if TYPE_CHECKING:
        user: User
        htmx: HtmxDetails


def render_page(
    request: Request,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    fragments: Collection[str] | Mapping[str, str] = (),
    status: int = 200,
) -> TemplateResponse:
    """Render a page, or just the fragment of it that htmx asked to replace.

    A fragment carries the name of the element it replaces, so HX-Target picks
    it. Only the names a view lists can be picked: a client that makes up a name
    gets the whole page. A repeated item has an element name of its own, so it
    is listed with the fragment's name: ``{"reply-7": "reply"}``.
    """
    htmx = request.htmx
    in_place = htmx and not htmx.boosted and not htmx.history_restore_request
    names = fragments if isinstance(fragments, Mapping) else {n: n for n in fragments}
    if in_place and htmx.target and htmx.target in names:
        template = f"{template}#{names[htmx.target]}"
    response = TemplateResponse(request, template, context, status=status)
    # Both bodies live at one URL; a cache must not serve one for the other. And
    # every such page is one person's.
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    patch_cache_control(response, private=True, no_store=True)
    return response


class SignInMiddleware(LoginRequiredMiddleware):
    """Ask for sign-in on the whole page, never inside the fragment being swapped.

    htmx follows a redirect like any other, so an expired session would otherwise
    put the login form where the quiz question was.
    """

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        htmx = cast(Request, request).htmx
        if not htmx:
            return super().handle_no_permission(request, view_func)
        page = htmx.current_url_abs_path or "/"
        return HttpResponseClientRedirect(
            redirect_to_login(page, self.get_login_url(view_func)).url
        )
