from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import ngettext
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from quizzes import follow_ups, item_answers, item_reports, sending_back
from quizzes.assignments import recipients
from quizzes.item_answers import Answered
from quizzes.item_forms import FollowUpForm, StudentsForm
from quizzes.models import Assignment, Question
from quizzes.views.corrections import KeyLine
from quizzes.views.item_rows import ItemRow, Summary
from tendril.accounts import looks
from tendril.accounts.models import Look
from tendril.htmx import Request, render_page


def taught(request: Request, assignment_id: int) -> Assignment:
    mine = Assignment.objects.taught_by(request.user).with_content()
    return get_object_or_404(mine.exclude(quiz=None), pk=assignment_id)


def asks_all(request: Request) -> bool:
    return request.GET.get("attempts") == "all"


@require_safe
def difficult_questions(request: Request, assignment_id: int) -> HttpResponse:
    """The questions of an assignment, the hardest first."""
    assignment = taught(request, assignment_id)
    kept = item_reports.kept_or_asked(assignment)
    analysis = kept.analysis(first_only=not asks_all(request))
    asked = item_answers.asked_of(assignment)
    passages = {each.key: each.passages[0] for each in asked if each.passages}
    return render_page(
        request,
        "quizzes/difficult_questions.html",
        {
            "assignment": assignment,
            "kept": kept,
            "summary": Summary(analysis, passages) if analysis else None,
            "asks_all": asks_all(request),
        },
        fragments=["item-report"],
    )


def asked_question(assignment: Assignment, question_id: int) -> Question:
    """Through any of its versions; the newest one. Raises Http404."""
    wanted = Question.objects.filter(quiz=assignment.quiz_id, pk=question_id)
    key = get_object_or_404(wanted, pk=question_id).key
    for question in item_answers.asked_of(assignment):
        if question.key == key:
            return question
    raise Http404


@require_safe
def question_report(
    request: Request, assignment_id: int, question_id: int
) -> HttpResponse:
    """Who answered what to one question, what that says of it, and what to do."""
    assignment = taught(request, assignment_id)
    return show_report(request, assignment, asked_question(assignment, question_id))


@require_POST
def send_back(request: Request, assignment_id: int, question_id: int) -> HttpResponse:
    """Ask students who missed it to read the passage again: all, or those ticked."""
    assignment = taught(request, assignment_id)
    question = asked_question(assignment, question_id)
    if not sending_back.has_passage(question):
        raise Http404
    if assignment.holds_marks_back:
        return show_report(request, assignment, question, status=409)
    answers = item_answers.answers_to(
        assignment, [question.key], first_only=not asks_all(request)
    )
    missed = item_answers.missed_by(answers)
    students = missed
    if request.POST.get("whom") != "all":
        form = StudentsForm(request.POST, students=missed)
        if not form.is_valid():
            return show_report(request, assignment, question, form, status=422)
        students = list(form.cleaned_data["student"])
    sending_back.send_back(
        assignment=assignment, question=question, students=students, by=request.user
    )
    notice = ngettext(
        "%(count)d student is asked to read the passage again.",
        "%(count)d students are asked to read the passage again.",
        len(students),
    )
    messages.success(request, notice % {"count": len(students)})
    return redirect("quizzes:question_report", assignment.pk, question.pk)


def show_report(
    request: Request,
    assignment: Assignment,
    question: Question,
    form: StudentsForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    first_only = not asks_all(request)
    answers = item_answers.answers_to(assignment, [question.key], first_only=first_only)
    people = {each.student for each in answers}
    looks.record(request.user, people, Look.What.ANSWERS)
    kept = item_reports.kept_or_asked(assignment)
    analysis = kept.analysis(first_only=first_only)
    item = analysis.of(question) if analysis else None
    context: dict[str, Any] = {
        "assignment": assignment,
        "question": question,
        "line": KeyLine(question.marking_version, question.quiz_id),
        "groups": item_answers.groups_of(answers),
        "may_send_back": sending_back.has_passage(question),
        **who_missed_it(assignment, question, answers),
        "kept": kept,
        "row": ItemRow(item) if item else None,
        "asks_all": not first_only,
        "form": form,
        "ticked": request.POST.getlist("student") if form else [],
    }
    return render_page(
        request,
        "quizzes/question_report.html",
        context,
        fragments=["item-figures", "item-answers"],
        status=status,
    )


def who_missed_it(
    assignment: Assignment, question: Question, answers: Sequence[Answered]
) -> dict[str, Any]:
    missed = item_answers.missed_by(answers)
    people = {each.student for each in answers}
    sent_back = sending_back.sent_back(assignment, question, people)
    reading = sending_back.are_reading(missed, sent_back)
    return {
        "missed": missed,
        "sent_back": sent_back,
        "reading": reading,
        "unasked": [person for person in missed if person not in reading],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: Request, assignment_id: int) -> HttpResponse:
    """Give exactly these questions again to those who missed them."""
    assignment = taught(request, assignment_id)
    questions = item_answers.asked_of(assignment)
    if request.method != "POST":
        return show_follow_up(request, assignment, questions)
    if assignment.holds_marks_back:
        return show_follow_up(request, assignment, questions, status=409)
    people = list(recipients(assignment))
    form = FollowUpForm(request.POST, questions=questions, students=people)
    if not form.is_valid():
        return show_follow_up(request, assignment, questions, form, status=422)
    students = list(form.cleaned_data["student"])
    made = follow_ups.assign_again(
        assignment=assignment,
        questions=form.ticked(),
        students=students,
        by=request.user,
    )
    notice = ngettext(
        "It is given to %(count)d student, and open now.",
        "It is given to %(count)d students, and open now.",
        len(students),
    )
    messages.success(request, notice % {"count": len(students)})
    return redirect(made)


def show_follow_up(
    request: Request,
    assignment: Assignment,
    questions: Sequence[Question],
    form: FollowUpForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    sent = request.POST if form else request.GET
    ticked = set(sent.getlist("question"))
    wanted = [question.key for question in questions if str(question.pk) in ticked]
    answers = item_answers.answers_to(assignment, wanted)
    missed = {str(person.pk) for person in item_answers.missed_by(answers)}
    looks.record(request.user, {each.student for each in answers}, Look.What.ANSWERS)
    context = {
        "assignment": assignment,
        "questions": questions,
        "people": recipients(assignment),
        "ticked_questions": ticked,
        "ticked_people": set(sent.getlist("student")) if form else missed,
        "form": form,
    }
    return render_page(request, "quizzes/follow_up.html", context, status=status)
