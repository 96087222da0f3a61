from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from lessons.models import Lesson
from quizzes.mastery import lesson_mastery as known_in
from quizzes.mastery import mastery_of
from tendril.htmx import Request, render_page


@require_safe
def mastery(request: Request) -> HttpResponse:
    return render_page(
        request,
        "quizzes/mastery.html",
        {"mastery": mastery_of(request.user)},
        fragments=["my-mastery"],
    )


@require_safe
def lesson_mastery(request: Request, slug: str) -> HttpResponse:
    """The answers behind every number that is told of a lesson."""
    lessons = Lesson.objects.published().as_cards()
    lesson = get_object_or_404(lessons, slug=slug)
    return render_page(
        request,
        "quizzes/mastery_lesson.html",
        {"mastery": known_in(request.user, lesson)},
    )
