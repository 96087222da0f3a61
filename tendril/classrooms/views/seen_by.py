from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from tendril.classrooms.access import guardians_of, teaching_seats_over
from tendril.htmx import Request, render_page


@require_safe
def seen_by(request: Request) -> HttpResponse:
    return render_page(
        request,
        "classrooms/seen_by.html",
        {
            "teaching": teaching_seats_over(request.user),
            "guardians": guardians_of(request.user),
        },
        fragments=["seen-by"],
    )
