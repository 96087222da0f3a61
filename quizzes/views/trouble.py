from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from lessons.models import Lesson
from quizzes import trouble
from tendril.htmx import Request, render_page


@login_not_required
@require_safe
def trouble_map(request: Request, slug: str) -> HttpResponse:
    """Where a teacher's students were wrong; nothing for anybody else."""
    lesson = get_object_or_404(Lesson.objects.published().defer("html"), slug=slug)
    is_reader = request.user.is_authenticated
    troubles = trouble.trouble_in(lesson, request.user) if is_reader else []
    return render_page(
        request,
        "quizzes/trouble.html",
        {"lesson": lesson, "troubles": troubles},
        fragments=["trouble-map"],
    )
