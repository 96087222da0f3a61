from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from lessons import delivery
from lessons.models import Lesson
from quizzes import review_due
from quizzes.carrying import SittingLost, sitting_from, to_token
from quizzes.models import Question
from quizzes.review_device import Held
from quizzes.views.attempts import redirect_to_card
from quizzes.views.paper import Line
from quizzes.views.student import answer_carried
from tendril.htmx import Request, render_page
from tendril.qr import qr_code


class SheetLine(Line):
    """A question on the sheet, and where to look it up."""

    @property
    def lesson(self) -> Lesson | None:
        return self.question.quiz.lesson

    @property
    def section(self) -> str:
        sections = (
            self.lesson.sections_of(self.question.passages) if self.lesson else []
        )
        return ", ".join(section["title"] for section in sections)


@login_not_required
@require_safe
def review(request: Request) -> HttpResponse:
    """Of the account; signed out, a script asks about what its device holds."""
    if request.user.is_authenticated:
        waiting = review_due.waiting(request.user)
        return show(request, waiting=waiting)
    return show(request)


def show(
    request: Request,
    *,
    waiting: review_due.Waiting | None = None,
    token: str = "",
    fragment: str = "",
    status: int = 200,
    has_lost_place: bool = False,
) -> HttpResponse:
    return render_page(
        request,
        f"quizzes/review.html{fragment}",
        {"waiting": waiting, "token": token, "has_lost_place": has_lost_place},
        fragments=["my-review", "quiz-card"],
        status=status,
    )


@require_POST
def start(request: Request) -> HttpResponse:
    attempt = review_due.start(request.user)
    return redirect_to_card(request, attempt) if attempt else redirect("quizzes:review")


@login_not_required
@require_POST
def device(request: Request) -> HttpResponse:
    """What comes back of the answers that a device keeps. Nothing is stored."""
    if not ratelimit.consume(request, action="review_device"):
        return refusal(429, _("That was a lot at once. Try again in a minute."))
    try:
        held = Held.of(delivery.read(request.body))
    except delivery.Unreadable:
        return refusal(400, _("Send a JSON object with a list of events."))
    except delivery.TooManyEvents:
        return refusal(413, _("Send 1,000 events at the most, the latest ones."))
    sitting = held.sitting()
    return show(
        request,
        waiting=held.waiting(),
        token=to_token(sitting) if sitting else "",
        fragment="#quiz-card",
    )


def refusal(status: int, sentence: str) -> JsonResponse:
    headers = {"Cache-Control": "private, no-store"}
    return JsonResponse({"error": sentence}, status=status, headers=headers)


@login_not_required
@require_POST
def answer(request: Request) -> HttpResponse:
    """An answer of a signed-out reader: marked in the reply, stored nowhere."""
    try:
        sitting = sitting_from(request.POST.get("state", ""), None)
    except SittingLost:
        if request.user.is_authenticated:
            return redirect("quizzes:review")
        return show(request, status=400, has_lost_place=True)
    return answer_carried(request, sitting)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: Request) -> HttpResponse:
    """The questions of a week on paper: the account's, or what a device posts."""
    until = timezone.now() + review_due.WEEK
    if request.method == "POST":
        return device_sheet(request, until)
    questions = []
    if request.user.is_authenticated:
        questions = review_due.due_questions(request.user, until)
    return show_sheet(request, questions, until)


def device_sheet(request: Request, until: dt.datetime) -> HttpResponse:
    try:
        held = Held.of(delivery.read(request.POST.get("events", "")))
    except (delivery.Unreadable, delivery.TooManyEvents):
        notice = _("What this browser remembers could not be read. Try again.")
        return show_sheet(request, [], until, status=400, notice=notice)
    return show_sheet(request, held.until(until), until)


def show_sheet(
    request: Request,
    questions: list[Question],
    until: dt.datetime,
    *,
    status: int = 200,
    notice: str = "",
) -> HttpResponse:
    asked = review_due.mixed(questions, review_due.ON_A_SHEET)
    context: dict[str, Any] = {
        "lines": [SheetLine(question, question.quiz_id) for question in asked],
        "until": until,
        "notice": notice,
        "qr": qr_code(reverse("quizzes:review")),
    }
    return render_page(request, "quizzes/review_sheet.html", context, status=status)
