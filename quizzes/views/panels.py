from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from quizzes import reports
from tendril.htmx import Request, render_page


@require_safe
def results(request: Request) -> HttpResponse:
    return render_page(
        request,
        "quizzes/results.html",
        {"attempts": reports.latest_results(request.user)},
        fragments=["my-results"],
    )


@require_safe
def class_panel(request: Request) -> HttpResponse:
    return render_page(
        request,
        "quizzes/class_panel.html",
        {
            "classrooms": reports.classes_of(request.user),
            "may_teach": request.user.may_teach,
        },
        fragments=["class-panel"],
    )


@require_safe
def family_panel(request: Request) -> HttpResponse:
    return render_page(
        request,
        "quizzes/family_panel.html",
        {"students": reports.family_of(request.user)},
        fragments=["family-panel"],
    )
