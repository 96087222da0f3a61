from __future__ import annotations

from django.shortcuts import get_object_or_404

from lessons.models import Lesson
from tendril.classrooms.models import Classroom
from tendril.htmx import Request


def lesson_named(slug: str) -> Lesson:
    return get_object_or_404(Lesson.objects.published().defer("html"), slug=slug)


def taught_class(request: Request, classroom_id: int) -> Classroom:
    """The class, if this person teaches it and it is not archived."""
    mine = Classroom.objects.open().taught_by(request.user)
    return get_object_or_404(mine, pk=classroom_id)
