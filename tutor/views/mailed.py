from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from tendril.accounts import signed_links
from tendril.htmx import Request, render_page
from tutor import consent_links, email_plus, notices
from tutor.models import ConsentLink


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def mailed(request: Request, token: str) -> HttpResponse:
    """Where a guardian says yes by the link in a mail, signed in or not."""
    return by_link(
        request, token, consent_links.find, email_plus.use, "tutor/mailed.html"
    )


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_by_mail(request: Request, token: str) -> HttpResponse:
    """Where a guardian goes back on it, by the link in the second mail."""
    return by_link(
        request,
        token,
        consent_links.find_end,
        email_plus.withdraw,
        "tutor/end_by_mail.html",
    )


def by_link(
    request: Request,
    token: str,
    find: Callable[..., ConsentLink],
    act: Callable[[ConsentLink], None],
    template: str,
) -> HttpResponse:
    try:
        link = find(token, request.user)
        if request.method == "POST":
            act(link)
    except signed_links.LinkUnknown:
        return say(request, "unknown", 404)
    except signed_links.LinkOver:
        return say(request, "over", 410)
    except signed_links.LinkOfSomebodyElse:
        return say(request, "foreign", 403)
    context = {
        "link": link,
        "notice": notices.current(link.purpose),
        "is_done": request.method == "POST",
    }
    return render_page(request, template, context)


def say(request: Request, why: str, status: int) -> HttpResponse:
    return render_page(request, "tutor/bad_link.html", {"why": why}, status=status)
