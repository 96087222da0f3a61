from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tendril.classrooms.models import Classroom
from tendril.htmx import Request, render_page
from tutor import rehearsal, teacher_questions
from tutor.forms import AnswerForm
from tutor.models import TeacherQuestion
from tutor.question_map import asked_about
from tutor.views.fetching import lesson_named, taught_class


@require_safe
def class_questions(request: Request, classroom_id: int) -> HttpResponse:
    """What the class has asked its teachers; a panel of the class's page, too."""
    return show_questions(request, taught_class(request, classroom_id))


def show_questions(
    request: Request,
    classroom: Classroom,
    form: AnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    waiting = teacher_questions.waiting_in(classroom, request.user)
    answered = teacher_questions.answered_in(classroom, request.user)

    def forms_of(questions: Sequence[TeacherQuestion]) -> list[AnswerForm]:
        return [
            form
            if form and form.instance == question
            else AnswerForm(instance=question)
            for question in questions
        ]

    return render_page(
        request,
        "tutor/questions.html",
        {
            "classroom": classroom,
            "waiting": forms_of(waiting),
            "answered": forms_of(answered),
        },
        fragments=["class-questions"],
        status=status,
    )


@require_POST
def answer_question(
    request: Request, classroom_id: int, teacher_question_id: int
) -> HttpResponse:
    classroom = taught_class(request, classroom_id)
    mine = TeacherQuestion.objects.readable_by(request.user)
    question = get_object_or_404(mine, classroom=classroom, pk=teacher_question_id)
    form = AnswerForm(request.POST, instance=question)
    if not form.is_valid():
        return show_questions(request, classroom, form, status=422)
    teacher_questions.answer(
        question,
        by=request.user,
        text=form.cleaned_data["answer"],
        for_the_class=form.cleaned_data["for_the_class"],
    )
    messages.success(request, _("Your answer stands beside the lesson now."))
    return redirect("tutor:class_questions", classroom.pk)


def teaches(request: Request) -> bool:
    return Classroom.objects.open().taught_by(request.user).exists()


@require_safe
def question_map(request: Request, slug: str) -> HttpResponse:
    """What a teacher's students asked about; nothing for anybody else."""
    lesson = lesson_named(slug)
    return render_page(
        request,
        "tutor/question_map.html",
        {
            "lesson": lesson,
            "teaches": teaches(request),
            "asked": asked_about(lesson, request.user),
        },
        fragments=["question-map"],
    )


@require_safe
def rehearse(request: Request, slug: str) -> HttpResponse:
    """For teachers: what students would be answered here."""
    lesson = lesson_named(slug)
    if not teaches(request):
        raise Http404
    return render_page(
        request,
        "tutor/rehearsal.html",
        {"lesson": lesson, "rehearsed": rehearsal.of(lesson)},
    )
