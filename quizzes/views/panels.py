from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from quizzes import reports
from quizzes.class_status import overviews_of
from quizzes.gradebook import gradebook_of
from quizzes.views.class_work import taught_class
from tendril.accounts import looks
from tendril.accounts.models import Look
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
    lists = reports.lists_of(request.user)
    students = {row.student for _classroom, rows in lists for row in rows}
    looks.record(request.user, students, Look.What.MARKS)
    return render_page(
        request,
        "quizzes/class_panel.html",
        {"lists": lists, "may_teach": request.user.may_teach},
        fragments=["class-panel"],
    )


@require_safe
def family_panel(request: Request) -> HttpResponse:
    students = reports.family_of(request.user)
    looks.record(request.user, students, Look.What.FAMILY)
    return render_page(
        request,
        "quizzes/family_panel.html",
        {"students": students},
        fragments=["family-panel"],
    )


@require_safe
def class_status(request: Request, classroom_id: int) -> HttpResponse:
    """Where everybody stands with what is open; a panel of the class's page."""
    classroom = taught_class(request, classroom_id)
    overviews = overviews_of(classroom)
    students = [overview.student for overview in overviews]
    looks.record(request.user, students, Look.What.MARKS)
    return render_page(
        request,
        "quizzes/class_status.html",
        {"classroom": classroom, "overviews": overviews},
        fragments=["class-status"],
    )


@require_safe
def student_in_class(
    request: Request, classroom_id: int, student_id: int
) -> HttpResponse:
    """Where one student stands with all the class was given; a panel of their page."""
    book = gradebook_of(taught_class(request, classroom_id), student_pk=student_id)
    if not book.rows:
        raise Http404
    [row] = book.rows
    looks.record(request.user, [row.student], Look.What.MARKS)
    lines = [line for line in row.beside(book.columns) if line[1].leads_on]
    return render_page(
        request,
        "quizzes/student_in_class.html",
        {"book": book, "row": row, "lines": lines},
        fragments=["student-in-class"],
    )
