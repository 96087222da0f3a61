"""What a person reads when a request cannot be answered."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    response = render(request, "429.html", status=429)
    # Every limit of ours counts what came within a minute.
    response["Retry-After"] = "60"
    patch_cache_control(response, private=True, no_store=True)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    # Rendered without the request: whatever broke may be needed by base.html.
    return render(None, "500.html", status=500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """What CSRF protection answers: nearly always a page that was open for long."""
    return render(request, "403_csrf.html", status=403)


# Python knows codecs under whose names no text comes; no browser sends another.
UTF_8 = {"utf-8", "utf8"}


class BodyLimitMiddleware:
    """Refuse a body that is too large, or not in UTF-8, before anything reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        charset = (request.content_params or {}).get("charset", "utf-8")
        if charset.lower() not in UTF_8:
            return render(None, "400.html", status=400)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return self.get_response(request)
        return render(None, "413.html", status=413)
