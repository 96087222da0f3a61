from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from quizzes import disputes
from quizzes.forms import DisputeForm, SettlingForm
from quizzes.marks import Mark
from quizzes.models import Attempt, Correction, Dispute, Response
from quizzes.views.attempts import redirect_to_card
from quizzes.views.cards import NUMBER
from quizzes.views.corrections import KeyLine
from tendril.accounts import looks
from tendril.accounts.models import Look
from tendril.htmx import Request, render_page

ON_A_PAGE = 40
MOST_WHYS = 100


@require_POST
def raise_dispute(request: Request, response_id: UUID) -> HttpResponse:
    """Say of one's own marked answer that it is right, then go back to it."""
    mine = Response.objects.shown().of(request.user)
    along = ["attempt", "dispute", "question__quiz", "question__marked_by"]
    response = get_object_or_404(mine.select_related(*along), pk=response_id)
    form = DisputeForm(request.POST, prefix=str(response_id))
    if not form.is_valid():
        return contested(request, response, status=422, form=form)
    try:
        disputes.raise_dispute(response=response, why=form.cleaned_data["why"])
    except disputes.AlreadyRaised:
        notice = _("You have said this before. Nothing was changed.")
        return contested(request, response, status=409, notice=notice)
    except disputes.TooMany:
        notice = _(
            "%(count)d of your answers are waiting to be looked at. Say this one "
            "when some of them are settled. Nothing was changed."
        ) % {"count": disputes.MOST_OPEN}
        return contested(request, response, status=409, notice=notice)
    except disputes.NothingToGain:
        notice = _("This answer has all its points. Nothing was changed.")
        return contested(request, response, status=409, notice=notice)
    return back_to(request, response)


def back_to(request: Request, response: Response) -> HttpResponse:
    if response.attempt.purpose == Attempt.Purpose.CHECK:
        return redirect(response)
    number = request.POST.get("question", "")
    number_shown = int(number) if NUMBER.match(number) else None
    return redirect_to_card(request, response.attempt, number_shown)


def contested(
    request: Request, response: Response, *, status: int, **more: Any
) -> HttpResponse:
    """The one answer, with what went wrong."""
    mark = Mark.of(response.question, response, response.attempt.seed)
    context = {"mark": mark, "form": None, "notice": "", **more}
    return render_page(request, "quizzes/dispute_mine.html", context, status=status)


@require_safe
def waiting(request: Request) -> HttpResponse:
    """What students say of their marks, identical answers together."""
    if not disputes.settles(request.user):
        raise Http404
    page = Paginator(disputes.groups_for(request.user), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    groups = disputes.groups_of(list(page))
    note_looks(request, [group.dispute for group in groups])
    made = Correction.objects.visible_to(request.user).select_related("question__quiz")
    return render_page(
        request,
        "quizzes/disputes.html",
        {
            "page": page,
            "groups": groups,
            "corrections": made[:10],
            "opens_keys": request.user.is_staff,
        },
    )


def note_looks(request: Request, shown: Iterable[Dispute]) -> None:
    people = {row.response.attempt.student for row in shown}
    looks.record(request.user, people, Look.What.ANSWERS)


@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request: Request, dispute_id: int) -> HttpResponse:
    """One group of identical answers, to be settled together."""
    mine = Dispute.objects.for_settling_by(request.user).select_related(
        "response__question__quiz",
        "response__question__marked_by",
        "response__attempt",
        "settled_by",
    )
    one = get_object_or_404(mine, pk=dispute_id)
    if request.method != "POST":
        return show(request, one)
    form = SettlingForm(request.POST)
    if not form.is_valid():
        return show(request, one, form, status=422)
    try:
        return settle(request, one, form)
    except disputes.AlreadySettled:
        one.refresh_from_db(fields=["state", "word", "settled_by", "settled_at"])
        notice = _("Somebody has settled this already. Nothing was changed.")
    except disputes.CannotAccept:
        notice = _(
            "The key of this question cannot take in this answer. Change the "
            "question in its file instead. Nothing was changed."
        )
    except disputes.AnswerReplaced:
        notice = _(
            "Another answer has come in place of the one that the student meant. "
            "Decline, or change the question in its file. Nothing was changed."
        )
    return show(request, one, form, status=409, notice=notice)


def settle(request: Request, one: Dispute, form: SettlingForm) -> HttpResponse:
    by, word = request.user, form.cleaned_data["word"]
    if not form.accepts:
        disputes.decline(dispute=one, by=by, word=word)
        return redirect("quizzes:disputes")
    correction = disputes.accept(dispute=one, by=by, word=word)
    return redirect(correction or "quizzes:disputes")


def show(
    request: Request,
    one: Dispute,
    form: SettlingForm | None = None,
    *,
    status: int = 200,
    notice: str = "",
) -> HttpResponse:
    group = disputes.alike(one, request.user)
    note_looks(request, group[:MOST_WHYS])
    question = one.response.question
    context = {
        "dispute": one,
        "question": question,
        "line": KeyLine(question.marking_version, question.quiz_id),
        "group": group[:MOST_WHYS],
        "group_count": len(group),
        "students": len({row.response.attempt.student_id for row in group}),
        "visible": disputes.names_visible_to(request.user, group),
        "preview": disputes.preview_of(one) if one.is_open else None,
        "form": form or SettlingForm(),
        "notice": notice,
    }
    return render_page(request, "quizzes/dispute.html", context, status=status)
