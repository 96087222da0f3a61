from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tendril.accounts import looks
from tendril.accounts.models import Look
from tendril.htmx import Request, render_page
from tutor import flags


@require_safe
def waiting(request: Request) -> HttpResponse:
    """What this adult must see; the open ones first."""
    mine = flags.readable_by(request.user).select_related("handled_by")
    return render_page(
        request,
        "tutor/flags.html",
        {"open": mine.open(), "handled": mine.exclude(handled_at=None)[:20]},
        fragments=["flag-panel"],
    )


@require_safe
def flag(request: Request, flag_id: int) -> HttpResponse:
    mine = flags.readable_by(request.user)
    found = get_object_or_404(
        mine.select_related("exchange__student", "exchange__lesson", "handled_by"),
        pk=flag_id,
    )
    flags.see(found)
    # Who reads of a danger, the child knows from the page with help.
    if not found.is_danger:
        looks.record(request.user, [found.exchange.student], Look.What.ANSWERS)
    return render_page(request, "tutor/flag.html", {"flag": found})


@require_POST
def handle(request: Request, flag_id: int) -> HttpResponse:
    found = get_object_or_404(flags.readable_by(request.user), pk=flag_id)
    flags.handle(found, by=request.user)
    messages.success(request, _("Noted that it is taken care of."))
    return redirect("tutor:flags")
