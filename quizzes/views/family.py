from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from quizzes import dinner, family, reports, seen
from tendril.accounts import looks
from tendril.accounts.models import Look
from tendril.classrooms.access import family_views_open_to
from tendril.htmx import Request, render_page


@require_safe
def family_work(request: Request, student_id: int) -> HttpResponse:
    """What was hard, what is due, and what to ask; the student may look, too."""
    student = get_object_or_404(family_views_open_to(request.user), pk=student_id)
    looks.record(request.user, [student], Look.What.FAMILY)
    return render_page(
        request,
        "quizzes/family_work.html",
        {
            "student": student,
            "hard": family.hard_lately(student),
            "due": family.due_for(student),
            "dinner": dinner.question_for(student),
        },
        fragments={f"family-work-{student.pk}": "family-work"},
    )


@require_safe
def seen_work(request: Request) -> HttpResponse:
    """My row in the lists of teachers and guardians, as they have it."""
    lists, me = reports.rows_about(request.user)
    return render_page(
        request,
        "quizzes/seen_work.html",
        {"lists": lists, "student": me, "books": seen.rows_in_books(request.user)},
        fragments=["seen-work"],
    )
