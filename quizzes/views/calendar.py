from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from quizzes import calendar_feed as feeds
from quizzes.models import CalendarFeed
from tendril.accounts.sealing import unsealed
from tendril.htmx import Request, render_page

ACTIONS = {"on": feeds.switch_on, "renew": feeds.renew, "off": feeds.switch_off}


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: Request) -> HttpResponse:
    """Switch the feed on, give it another address, or switch it off."""
    if request.method == "POST":
        act = ACTIONS.get(request.POST.get("action", ""))
        if act is None:
            notice = _("Choose one of the buttons. Nothing was changed.")
            return show(request, status=422, notice=notice)
        act(request.user)
        messages.success(request, _("Saved."))
        return redirect("quizzes:calendar")
    return show(request)


def show(request: Request, *, status: int = 200, notice: str = "") -> HttpResponse:
    feed = CalendarFeed.objects.filter(person=request.user).first()
    path = reverse("quizzes:calendar_feed", args=[feed.secret]) if feed else ""
    context = {
        "address": f"{settings.SITE_URL}{path}" if path else "",
        "notice": notice,
    }
    return render_page(request, "quizzes/calendar.html", context, status=status)


@login_not_required  # calendars do not sign in: its address is the secret
@require_safe
def calendar_feed(request: Request, secret: str) -> HttpResponse:
    feeds_in_use = CalendarFeed.objects.filter(
        unsealed("person"), person__is_active=True
    )
    feed = get_object_or_404(feeds_in_use.select_related("person"), secret=secret)
    host = urlsplit(settings.SITE_URL).hostname or "tendril"
    body = feeds.feed_of(feed.person, host=host)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
        response["ETag"] = etag
    patch_cache_control(response, private=True, max_age=900)
    return response
