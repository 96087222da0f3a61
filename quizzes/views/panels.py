from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from quizzes import reports
from quizzes.class_status import overviews_of
from tendril.classrooms.models import Classroom
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


def classroom_taught(request: Request, classroom_id: int) -> Classroom:
    mine = Classroom.objects.open().taught_by(request.user)
    return get_object_or_404(mine, pk=classroom_id)


@require_safe
def class_status(request: Request, classroom_id: int) -> HttpResponse:
    """Where everybody stands with what is open; a panel of the class's page."""
    classroom = classroom_taught(request, classroom_id)
    overviews = overviews_of(classroom)
    return render_page(
        request,
        "quizzes/class_status.html",
        {"classroom": classroom, "overviews": overviews},
        fragments=["class-status"],
    )
