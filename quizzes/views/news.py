from __future__ import annotations

import re

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from quizzes import disputes, news, sending_back
from tendril.htmx import Request, render_page

PK = re.compile(r"[0-9]{1,18}\Z")


@require_safe
def panel(request: Request) -> HttpResponse:
    """What is new about my marks; nothing where there is nothing."""
    waiting = 0
    if disputes.settles(request.user):
        waiting = disputes.groups_for(request.user).count()
    return render_page(
        request,
        "quizzes/news.html",
        {
            "items": news.new_for(request.user),
            "errands": sending_back.errands_of(request.user),
            "waiting": waiting,
        },
        fragments=["my-news"],
    )


@require_POST
def seen(request: Request) -> HttpResponse:
    news.put_away(
        student=request.user,
        changes=numbers(request, "change"),
        disputes=numbers(request, "dispute"),
    )
    return redirect("quizzes:news")


@require_POST
def read_again(request: Request) -> HttpResponse:
    """Say that a passage was read to which a teacher sent me back."""
    sending_back.mark_read(student=request.user, pks=numbers(request, "errand"))
    return redirect("quizzes:news")


def numbers(request: Request, name: str) -> list[int]:
    return [int(pk) for pk in request.POST.getlist(name) if PK.match(pk)]
