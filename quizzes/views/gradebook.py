from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from quizzes import gradebook_files, overrides
from quizzes.forms import OverrideForm
from quizzes.gradebook import Column, Gradebook, gradebook_of
from quizzes.gradebook_order import NAME, TOTAL, Order, ordered
from quizzes.student_work import StudentWork
from quizzes.student_work import student_work as student_work_of
from quizzes.views.assignments import taught
from quizzes.views.class_work import taught_class
from tendril.accounts import looks
from tendril.accounts.models import Look, User
from tendril.classrooms.models import Group
from tendril.htmx import Request, render_page


@require_safe
def gradebook(request: Request, classroom_id: int) -> HttpResponse:
    book, order, group = asked_book(request, classroom_id)
    looks.record(request.user, book.students, Look.What.MARKS)
    return render_page(
        request,
        "quizzes/gradebook.html",
        {"book": book, "order": order, "group": group, **headings(book, order, group)},
    )


@require_safe
def gradebook_file(request: Request, classroom_id: int) -> HttpResponse:
    """What the table shows, in the order in which it shows it, as CSV."""
    shape = request.GET.get("for", "people")
    write = gradebook_files.SHAPES.get(shape)
    if write is None:
        raise Http404
    book, _order, _group = asked_book(request, classroom_id)
    looks.record(request.user, book.students, Look.What.MARKS)
    name = gradebook_files.name_of(book, shape)
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(
        write(book), content_type="text/csv; charset=utf-8", headers=headers
    )


def asked_book(
    request: Request, classroom_id: int
) -> tuple[Gradebook, Order, Group | None]:
    """As the address asks for it; what makes no sense in it is passed over."""
    classroom = taught_class(request, classroom_id)
    group_id = request.GET.get("group", "")
    group = None
    if group_id.isascii() and group_id.isdigit() and len(group_id) < 19:
        group = classroom.groups.filter(pk=int(group_id)).first()
    book = gradebook_of(classroom, group)
    order = Order.of(request.GET.get("sort", ""), book)
    return ordered(book, order), order, group


def headings(book: Gradebook, order: Order, group: Group | None) -> dict[str, Any]:
    """What stands over the columns, and what their headings lead to."""
    return {
        "name_next": order.next(NAME),
        "name_aria": order.aria(NAME),
        "total_next": order.next(TOTAL),
        "total_aria": order.aria(TOTAL),
        "group_query": f"&group={group.pk}" if group else "",
        "heads": [head_of(column, order) for column in book.columns],
    }


def head_of(column: Column, order: Order) -> dict[str, Any]:
    by = str(column.assignment.pk)
    work_url = reverse("quizzes:assignment_work", args=[by])
    return {
        "column": column,
        "next": order.next(by),
        "aria": order.aria(by),
        "work_url": work_url,
    }


def work_taught(request: Request, assignment_id: int, student_id: int) -> StudentWork:
    """Of a student who learns in its class now."""
    assignment = taught(request, assignment_id)
    seats = assignment.classroom.enrolments.students()
    learning = User.objects.filter(pk__in=seats.values("person"))
    student = get_object_or_404(learning, pk=student_id)
    work = student_work_of(assignment, student, attempt_asked(request))
    if work is None:
        raise Http404
    return work


def attempt_asked(request: Request) -> UUID | None:
    try:
        return UUID(request.GET.get("attempt", ""))
    except ValueError:
        return None


@require_safe
def student_work(request: Request, assignment_id: int, student_id: int) -> HttpResponse:
    return show_work(request, work_taught(request, assignment_id, student_id))


@require_POST
def override(request: Request, assignment_id: int, student_id: int) -> HttpResponse:
    """Say what counts, in place of what the answers earned."""
    work = work_taught(request, assignment_id, student_id)
    form = OverrideForm(request.POST, most=work.most)
    if not form.is_valid():
        return show_work(request, work, form, status=422)
    about: dict[str, Any] = {
        "assignment": work.assignment,
        "student": work.student,
        "by": request.user,
        "reason": form.cleaned_data["reason"],
    }
    match form.cleaned_data["decision"]:
        case "score":
            overrides.change_score(score=Decimal(form.cleaned_data["score"]), **about)
        case "excuse":
            overrides.excuse(**about)
        case "take-back":
            overrides.take_back(**about)
    return redirect("quizzes:student_work", assignment_id, student_id)


def show_work(
    request: Request,
    work: StudentWork,
    form: OverrideForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    looks.record(request.user, [work.student], Look.What.ANSWERS)
    return render_page(
        request,
        "quizzes/student_work.html",
        {
            "work": work,
            "form": form or OverrideForm(most=work.most),
            "is_own": False,
        },
        fragments=["student-work"],
        status=status,
    )
