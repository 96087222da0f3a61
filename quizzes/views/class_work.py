from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from quizzes import class_counts, class_status
from tendril.classrooms.models import Classroom
from tendril.htmx import Request, render_page


def taught_class(request: Request, classroom_id: int) -> Classroom:
    mine = Classroom.objects.open().taught_by(request.user)
    return get_object_or_404(mine, pk=classroom_id)


@require_safe
def class_assignments(request: Request, classroom_id: int) -> HttpResponse:
    classroom = taught_class(request, classroom_id)
    works = class_counts.work_of(classroom)
    given = [work.assignment for work in works]
    states = class_status.states_of(classroom, given)
    rows = [(work, states[work.assignment.pk]) for work in works]
    return render_page(
        request,
        "quizzes/class_assignments.html",
        {"classroom": classroom, "rows": rows},
        fragments=["class-assignments"],
    )


@require_safe
def projector(request: Request, classroom_id: int) -> HttpResponse:
    """What is open, in numbers: everybody in the room may read it."""
    classroom = taught_class(request, classroom_id)
    return render_page(
        request,
        "quizzes/projector.html",
        {"classroom": classroom, "works": class_counts.open_work_of(classroom)},
        fragments=["projector"],
    )
