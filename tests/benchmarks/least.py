"""The least that a signed-in view does that keeps something: one row."""

import uuid

from django.http import HttpResponse
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.http import require_POST

from lessons.models import ProgressEvent


@require_POST
def keep(request, lesson_id):
    ProgressEvent.objects.create(
        id=uuid.uuid4(),
        student=request.user,
        lesson_id=lesson_id,
        kind=ProgressEvent.Kind.OPENED,
        happened_at=timezone.now(),
    )
    return HttpResponse(status=204)


urlpatterns = [
    path("least/<int:lesson_id>/", keep),
    path("", include("tendril.urls")),
]
