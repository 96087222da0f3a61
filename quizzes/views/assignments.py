from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from quizzes import assignments, late_answers, overrides, starting
from quizzes.models import Assignment
from quizzes.scores import scores_of
from quizzes.status import help_in, status_of_class
from tendril.accounts import looks
from tendril.accounts.models import Look
from tendril.classrooms.models import Classroom
from tendril.htmx import Request, render_page

DECISIONS = {"count": True, "leave-out": False}


@require_safe
def assigned(request: Request) -> HttpResponse:
    return render_page(
        request,
        "quizzes/assigned.html",
        {"standings": assignments.assigned_to(request.user), "classroom": None},
        fragments=["assigned"],
    )


@require_safe
def assigned_in_class(request: Request, classroom_id: int) -> HttpResponse:
    """The same of one class alone; a panel of the page its students have."""
    attended = Classroom.objects.open().attended_by(request.user)
    classroom = get_object_or_404(attended, pk=classroom_id)
    standings = assignments.assigned_to(request.user, classroom)
    return render_page(
        request,
        "quizzes/assigned.html",
        {"standings": standings, "classroom": classroom},
        fragments=["assigned"],
    )


@require_safe
def assignment(request: Request, assignment_id: int) -> HttpResponse:
    seen = Assignment.objects.seen_by(request.user).with_content()
    return show(request, get_object_or_404(seen, pk=assignment_id))


@require_POST
def start_assigned(request: Request, assignment_id: int) -> HttpResponse:
    seen = Assignment.objects.seen_by(request.user).with_content()
    assignment = get_object_or_404(seen, pk=assignment_id)
    if teaches(request, assignment):
        raise PermissionDenied
    try:
        attempt = assignments.start(assignment=assignment, student=request.user)
    except starting.NotOpen:
        notice = _("This is not open now, so nothing was started.")
        return show(request, assignment, status=403, notice=notice)
    except starting.NoAttemptLeft:
        notice = _("No attempt is left. What you handed in stays as it is.")
        return show(request, assignment, status=409, notice=notice)
    return redirect(attempt)


def teaches(request: Request, assignment: Assignment) -> bool:
    return Assignment.objects.taught_by(request.user).filter(pk=assignment.pk).exists()


def show(
    request: Request, assignment: Assignment, *, status: int = 200, notice: str = ""
) -> HttpResponse:
    context: dict[str, Any] = {"assignment": assignment, "notice": notice}
    if teaches(request, assignment):
        context |= {"standing": None, "rules": assignment}
    else:
        standing = assignments.standing_of(assignment, request.user)
        context |= {"standing": standing, "rules": standing.allowance}
        context["word"] = overrides.word_to(request.user, assignment)
    return render_page(request, "quizzes/assignment.html", context, status=status)


def taught(request: Request, assignment_id: int) -> Assignment:
    mine = Assignment.objects.taught_by(request.user).with_content()
    return get_object_or_404(mine, pk=assignment_id)


@require_safe
def assignment_work(request: Request, assignment_id: int) -> HttpResponse:
    return show_work(request, taught(request, assignment_id))


@require_POST
def decide_late(
    request: Request, assignment_id: int, response_id: UUID
) -> HttpResponse:
    """Count a late answer or leave it out; either can be taken back."""
    assignment = taught(request, assignment_id)
    late = get_object_or_404(late_answers.late_responses(assignment), pk=response_id)
    counts = DECISIONS.get(request.POST.get("decision", ""))
    if counts is None:
        notice = _("Choose whether the answer counts. Nothing was changed.")
        return show_work(request, assignment, status=422, notice=notice)
    late_answers.count_late(response=late, counts=counts)
    return redirect("quizzes:assignment_work", assignment_id)


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: Request, assignment_id: int) -> HttpResponse:
    """Show the marks for good; who opens it is first told whom that concerns."""
    assignment = taught(request, assignment_id)
    back = reverse("quizzes:assignment_work", args=[assignment.pk])
    if request.GET.get("back") == "gradebook":
        back = reverse("quizzes:gradebook", args=[assignment.classroom_id])
    if request.method != "POST" and not assignment.released_at:
        concerned = assignments.concerned_by_release(assignment)
        context = {"assignment": assignment, "concerned": concerned, "back": back}
        return render_page(request, "quizzes/release.html", context)
    assignments.release(assignment=assignment)
    notice = _("The marks of “%(title)s” are shown to everybody.")
    messages.success(request, notice % {"title": assignment.title})
    return redirect(back)


def show_work(
    request: Request, assignment: Assignment, *, status: int = 200, notice: str = ""
) -> HttpResponse:
    standings = assignments.work_on(assignment)
    handed_in = [attempt for each in standings for attempt in each.handed_in]
    students = [standing.person for standing in standings]
    statuses = list(status_of_class(assignment, students).values())
    scores = scores_of(assignment, [status.work for status in statuses])
    late = late_answers.late_answers(assignment)
    looks.record(request.user, students, Look.What.MARKS)
    answered = {each.attempt.student for each in late}
    looks.record(request.user, answered, Look.What.ANSWERS)
    context = {
        "assignment": assignment,
        "rows": list(zip(standings, statuses, scores, strict=True)),
        "help": help_in(statuses),
        "late_answers": late,
        "handed_in": len(handed_in),
        "hidden": [attempt for attempt in handed_in if not attempt.shows_score],
        "notice": notice,
    }
    return render_page(
        request,
        "quizzes/assignment_work.html",
        context,
        fragments=["assignment-work"],
        status=status,
    )
