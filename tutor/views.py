from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from lessons.models import Lesson
from quizzes.models import Quiz
from tendril.htmx import Request, render_page


@login_not_required
@require_safe
def panel(request: Request, slug: str) -> HttpResponse:
    lesson = get_object_or_404(Lesson.objects.published().defer("html"), slug=slug)
    context = {
        "lesson": lesson,
        "quiz": Quiz.objects.practice().filter(lesson=lesson).first(),
        "related": lesson.related_lessons(),
    }
    return render_page(request, "tutor/panel.html", context, fragments=["tutor-panel"])
