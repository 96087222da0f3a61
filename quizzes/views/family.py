from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from quizzes import dinner, family, reports, seen
from quizzes.models import Assignment
from quizzes.standings import standings_of
from quizzes.student_work import student_work
from quizzes.views.gradebook import attempt_asked
from tendril.accounts import looks
from tendril.accounts.models import Look
from tendril.classrooms.access import family_views_open_to, guardians_of
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
            "given": family.given_to(student),
            "dinner": dinner.question_for(student),
        },
        fragments={f"family-work-{student.pk}": "family-work"},
    )


@require_safe
def seen_work(request: Request) -> HttpResponse:
    """My row in the lists of teachers and guardians, as they have it."""
    me = reports.row_about(request.user)
    return render_page(
        request,
        "quizzes/seen_work.html",
        {
            "student": me,
            "books": seen.rows_in_books(request.user),
            "own_statuses": seen.rows_of_status(me),
            "has_family": guardians_of(request.user).exists(),
        },
        fragments=["seen-work"],
    )


@require_safe
def seen_answers(request: Request, assignment_id: int) -> HttpResponse:
    """The page that my teacher has about my work, once its marks are shown to me."""
    given = Assignment.objects.given_to(request.user).with_content()
    begun = given.filter(opens_at__lte=timezone.now())
    assignment = get_object_or_404(begun, pk=assignment_id)
    asked = attempt_asked(request)
    work = student_work(assignment, request.user, asked, only_shown=True)
    if work is None:
        raise Http404
    if seen.keeps_marks_back(work.status.work):
        context = {"assignment": assignment}
        return render_page(request, "quizzes/seen_later.html", context)
    [standing] = standings_of(assignment, [request.user])
    return render_page(
        request,
        "quizzes/seen_answers.html",
        {
            "work": work,
            "standing": standing,
            "status": work.status,
            "score": work.score,
            "is_own": True,
        },
    )
