from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from lessons.models import Lesson
from tendril.htmx import Request, render_page


@login_not_required
@require_safe
def panel(request: Request, slug: str) -> HttpResponse:
    lesson = get_object_or_404(Lesson.objects.published().defer("html"), slug=slug)
    return render_page(
        request,
        "tutor/panel.html",
        {"lesson": lesson, "related": lesson.related_lessons()},
        fragments=["tutor-panel"],
    )
