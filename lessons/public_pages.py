"""Pages that are the same bytes for everyone, kept compressed in each process."""

from __future__ import annotations

import gzip
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import brotli
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from lessons.models import Catalogue

VERSION_KEY = "lessons.catalogue-version"
# How long a process may go on serving what a load elsewhere has replaced. Far
# below the minute for which a browser may keep the page anyway.
LOOK_EVERY_SECONDS = 1.0
# A page is some 10 kB compressed: 40 MB at the most.
MOST_PAGES = 4000


def announce(version: str) -> None:
    """Tell every process that the catalogue has changed; empties their pages."""
    cache.set(VERSION_KEY, version, timeout=None)
    pages.look_again()


def current_version() -> str:
    """The version being served; from the cache, else from the database."""
    try:
        version = cache.get(VERSION_KEY)
        if version is None:
            version = _loaded_version()
            # Never over the word of a load that ended since the row was read.
            cache.add(VERSION_KEY, version, timeout=None)
    except RedisError:
        # Pages are there without it.
        version = _loaded_version()
    return str(version)


def _loaded_version() -> str:
    row = Catalogue.objects.first()
    return row.version if row else ""


@dataclass(frozen=True, slots=True)
class StoredPage:
    etag: str
    bodies: dict[str, bytes]

    @classmethod
    def of(cls, body: bytes) -> StoredPage:
        # Weak, because one tag stands for the page in every encoding.
        etag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
        bodies = {
            "br": brotli.compress(body, quality=9),
            "gzip": gzip.compress(body, compresslevel=9, mtime=0),
            "identity": body,
        }
        return cls(etag, bodies)

    def answer(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse
        if self.etag in parse_etags(request.headers.get("If-None-Match", "")):
            response = HttpResponseNotModified()
        else:
            encoding = best_encoding(request.headers.get("Accept-Encoding", ""))
            response = HttpResponse(self.bodies[encoding])
            if encoding != "identity":
                response["Content-Encoding"] = encoding
            response["Content-Length"] = str(len(self.bodies[encoding]))
        response["ETag"] = self.etag
        response["Cache-Control"] = "public, max-age=60, must-revalidate"
        response["Vary"] = "Accept-Encoding"
        return response


def best_encoding(accepted: str) -> str:
    """The smallest encoding of ours that an Accept-Encoding header allows."""
    weights = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        weights[name.strip()] = weight.replace(" ", "").rstrip("0.") != "q="
    return next((name for name in ("br", "gzip") if weights.get(name)), "identity")


@dataclass(slots=True)
class PageStore:
    """The pages of one version of the catalogue, in this process."""

    version: str = ""
    # By version and path, so that a page made just before a load is never shown
    # after it, whatever the threads of this process do meanwhile.
    pages: dict[tuple[str, str], StoredPage] = field(default_factory=dict)
    looked_at: float = float("-inf")

    def look_again(self) -> None:
        self.looked_at = float("-inf")

    def refresh(self) -> str:
        """Drop everything once another version is being served."""
        if time.monotonic() - self.looked_at > LOOK_EVERY_SECONDS:
            version = current_version()
            if version != self.version:
                self.version, self.pages = version, {}
            self.looked_at = time.monotonic()
        return self.version

    def keep(self, place: tuple[str, str], page: StoredPage) -> None:
        if len(self.pages) >= MOST_PAGES:
            self.pages = {}
        self.pages[place] = page


pages = PageStore()


class PublicPageMiddleware:
    """Answer public pages before sessions, languages and sign-in are looked at.

    Whatever the middleware below added to a public page (a cookie, a Vary) is
    left behind: only its bytes are taken.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return keep_private(self.get_response(request))
        place = (pages.refresh(), request.path)
        is_plain = not request.META.get("QUERY_STRING")
        if is_plain and (page := pages.pages.get(place)):
            return page.answer(request)
        response = self.get_response(request)
        if getattr(response, "is_public_file", False):
            del response["Vary"]
            return response
        if not getattr(response, "is_public_page", False):
            return keep_private(response)
        page = StoredPage.of(response.content)  # type: ignore[attr-defined]
        if is_plain:
            pages.keep(place, page)
        return page.answer(request)


def keep_private(response: HttpResponseBase) -> HttpResponseBase:
    """Let no cache keep an answer that does not say otherwise: an error, a redirect."""
    response.headers.setdefault("Cache-Control", "private, no-store")
    return response


def public_page(view: Callable[..., HttpResponseBase]) -> Callable[..., Any]:
    """Mark a view whose page may not depend on who asks.

    The view answers with ``render_public``; other answers (404, 410, redirects)
    pass through and are not kept.
    """

    @login_not_required
    @require_safe
    @wraps(view)
    def public_view(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return view(request, *args, **kwargs)

    public_view.is_for_everyone = True  # type: ignore[attr-defined]
    return public_view


def render_public(
    template: str, context: dict[str, Any], *, language: str = "en", status: int = 200
) -> HttpResponse:
    """Render without the request, so that nothing personal can be in the page."""
    with translation.override(language):
        response = HttpResponse(render_to_string(template, context), status=status)
    if status == 200:
        response.is_public_page = True  # type: ignore[attr-defined]
    return response
